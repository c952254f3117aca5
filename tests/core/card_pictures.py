"""Share images as pictures, for tests."""

import io

from PIL import Image as Picture


def picture(data):
    image = Picture.open(io.BytesIO(data))
    image.load()
    return image
