"""The other side: the tutorial as its author runs it, on the films of a folder."""

import glob
import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
import numpy as np
import tensorflow as tf
from keras import layers

folder = sys.argv[1]
size = (224, 224)

model = keras.Sequential(
    [
        layers.Input((*size, 3)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(128, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])

# Shear 0.2, zoom 0.2 and a horizontal flip, by Keras' own layers.
augment = keras.Sequential(
    [
        layers.RandomShear(0.2, 0.2),
        layers.RandomZoom((-0.2, 0.2), (-0.2, 0.2)),
        layers.RandomFlip("horizontal"),
    ]
)


def films(**options):
    return keras.utils.image_dataset_from_directory(
        folder, image_size=size, batch_size=32, verbose=False, **options
    )


def training_films():
    read = films(label_mode="binary", shuffle=True, seed=1)
    changed = read.map(
        lambda x, y: (augment(x / 255.0, training=True), y), num_parallel_calls=tf.data.AUTOTUNE
    )
    return changed.prefetch(tf.data.AUTOTUNE)


def screening_films():
    read = films(label_mode=None, shuffle=False)
    return read.map(lambda x: x / 255.0, num_parallel_calls=tf.data.AUTOTUNE).prefetch(
        tf.data.AUTOTUNE
    )


one_film = sorted(glob.glob(os.path.join(folder, "*", "*")))[0]


def single():
    film = keras.utils.load_img(one_film, target_size=size)
    model(np.asarray(film, "float32")[None] / 255.0, training=False).numpy()


tasks = {
    "train": lambda: model.fit(training_films(), epochs=1, shuffle=False, verbose=0),
    "screen": lambda: model.predict(screening_films(), verbose=0),
    # Keras computes in float32 either way.
    "screenExact": lambda: model.predict(screening_films(), verbose=0),
    "single": single,
}

for line in sys.stdin:
    started, processor = time.perf_counter(), time.process_time()
    tasks[line.strip()]()
    answer = {
        "seconds": time.perf_counter() - started,
        "processorSeconds": time.process_time() - processor,
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "versions": {"Keras": keras.__version__, "TensorFlow": tf.__version__},
    }
    print("ANSWER " + json.dumps(answer), flush=True)
