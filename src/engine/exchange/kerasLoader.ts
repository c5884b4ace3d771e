/** Goes with exported weights: builds the network in Keras 3 from `network.json` and fills it from `weights.npz`. */
export const kerasLoader = `"""Loads this network in Keras 3: \`python load_model.py\` checks it; \`from load_model import model\` uses it.

It takes scaled films, [films, height, width, channels]; network.json says how pixels are scaled and films resized.
"""
import json
import pathlib
import warnings

import keras
import numpy as np

L = keras.layers
HERE = pathlib.Path(__file__).resolve().parent
NETWORK = json.loads((HERE / "network.json").read_text(encoding="utf-8"))
ACTIVATIONS = {
    "leakyRelu": lambda x: keras.activations.leaky_relu(x, negative_slope=0.2),
    "swish": "silu",
    # TensorFlow's own, exact one.
    "gelu": lambda x: keras.activations.gelu(x, approximate=False),
}
PARTS = {
    "batchNormalization": ["gamma", "beta", "movingMean", "movingVariance"],
    "separableConv2d": ["depthwiseKernel", "pointwiseKernel", "bias"],
}

if "training" in NETWORK:
    warnings.warn(NETWORK["training"])


def make(layer):
    kind, name = layer["type"], layer["name"]
    activation = ACTIVATIONS.get(layer.get("activation"), layer.get("activation"))
    tail = dict(name=name, activation=activation, use_bias=layer.get("useBias", True))
    sliding = dict(kernel_size=layer.get("kernel"), strides=layer.get("strides"),
                   padding=layer.get("padding"), dilation_rate=layer.get("dilation"))
    pooling = dict(pool_size=layer.get("pool"), strides=layer.get("strides") or layer.get("pool"),
                   padding=layer.get("padding"), name=name)
    if kind == "conv2d":
        return L.Conv2D(layer["filters"], **sliding, **tail)
    if kind == "depthwiseConv2d":
        return L.DepthwiseConv2D(depth_multiplier=layer["depthMultiplier"], **sliding, **tail)
    if kind == "separableConv2d":
        return L.SeparableConv2D(layer["filters"], depth_multiplier=layer["depthMultiplier"], **sliding, **tail)
    if kind == "dense":
        return L.Dense(layer["units"], **tail)
    if kind == "batchNormalization":
        return L.BatchNormalization(momentum=layer["momentum"], epsilon=layer["epsilon"], name=name)
    if kind == "maxPool":
        return L.MaxPooling2D(**pooling)
    if kind == "averagePool":
        return L.AveragePooling2D(**pooling)
    if kind == "zeroPadding":
        return L.ZeroPadding2D(layer["padding"], name=name)
    if kind == "rescaling":
        return L.Rescaling(layer["scale"], layer["offset"], name=name)
    if kind == "upSampling":
        return L.UpSampling2D(layer["size"], interpolation=layer["interpolation"], name=name)
    if kind == "activation":
        return L.Activation(activation, name=name)
    if kind == "dropout":
        return L.Dropout(layer["rate"], name=name)
    if kind == "spatialDropout":
        return L.SpatialDropout2D(layer["rate"], name=name)
    plain = {"flatten": L.Flatten, "add": L.Add, "concatenate": L.Concatenate,
             "globalAveragePool": L.GlobalAveragePooling2D, "globalMaxPool": L.GlobalMaxPooling2D}
    return plain[kind](name=name)


def build():
    size = NETWORK["input"]
    start = keras.Input((size["height"], size["width"], size["channels"]))
    results = {"input": start}
    for layer in NETWORK["layers"]:
        given = [results[name] for name in layer["inputs"]]
        results[layer["name"]] = make(layer)(given if len(given) > 1 else given[0])
    return keras.Model(start, results[NETWORK["layers"][-1]["name"]])


def load():
    network = build()
    with np.load(HERE / "weights.npz") as weights:
        for layer in NETWORK["layers"]:
            parts = PARTS.get(layer["type"], ["kernel", "bias"])
            for part, variable in zip(parts, network.get_layer(layer["name"]).weights):
                variable.assign(weights[f"{layer['name']}/{part}"])
    return network


model = load()

if __name__ == "__main__":
    with np.load(HERE / "check.npz") as check:
        worst = float(np.abs(model.predict(check["films"], verbose=0) - check["scores"]).max())
    print(json.dumps({"films": NETWORK["checkFilms"], "worst": worst}))
    raise SystemExit(0 if worst <= 1e-4 else 1)
`
