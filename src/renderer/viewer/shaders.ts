/** A rectangle the size of the film, laid by a matrix. */
const vertexShader = `#version 300 es
uniform mat3 filmToClip;
uniform vec2 size;
out vec2 place;
void main() {
  place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4((filmToClip * vec3(place * size, 1.0)).xy, 0.0, 1.0);
}`

/** Window and level on the film's own values; scale makes them of what the texture holds. */
const fragmentShader = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D film;
uniform float scale;
uniform float low;
uniform float width;
uniform bool invert;
in vec2 place;
out vec4 colour;
void main() {
  float grey = clamp((texture(film, place).r * scale - low) / width, 0.0, 1.0);
  colour = vec4(vec3(invert ? 1.0 - grey : grey), 1.0);
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
