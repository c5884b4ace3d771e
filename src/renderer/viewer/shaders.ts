/** A rectangle the size of the film, laid by a matrix. */
const vertexShader = `#version 300 es
uniform mat3 filmToClip;
uniform vec2 size;
out vec2 place;
void main() {
  place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4((filmToClip * vec3(place * size, 1.0)).xy, 0.0, 1.0);
}`

/** What `shape` is for each kind of grey scale in the fragment shader. */
export const shapes = { linear: 0, 'linear-exact': 0, sigmoid: 1, table: 2, colour: 3 } as const

/** PS3.3's order on real values, which scale and offset make of texels: window or table, then polarity. */
const fragmentShader = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D film;
uniform sampler2D table;
uniform int shape;
uniform float scale;
uniform float offset;
uniform float low;
uniform float width;
uniform bool invert;
in vec2 place;
out vec4 colour;
void main() {
  vec3 texel = texture(film, place).rgb;
  float value = texel.r * scale + offset;
  float share = width > 0.0 ? (value - low) / width : (value > low ? 1.0 : 0.0);
  float grey = clamp(share, 0.0, 1.0);
  if (shape == 1) grey = 1.0 / (1.0 + exp(-4.0 * (share - 0.5)));
  if (shape == 2) grey = texture(table, vec2(grey, 0.5)).r;
  vec3 shown = shape == 3 ? texel : vec3(grey);
  colour = vec4(invert ? 1.0 - shown : shown, 1.0);
}`

/** Compiles and links; throws what the driver says when it cannot. */
export function linkProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('No shader: the WebGL context is lost')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getProgramInfoLog(program) ?? 'The shaders do not link')
  }
  return program
}
