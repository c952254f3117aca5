"""What an uploaded picture must pass, and what is left of it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as PillowImage

from core.models import Image

pytestmark = pytest.mark.django_db

GPS = 0x8825
ARTIST = 0x013B
ORIENTATION = 0x0112


def picture(kind="JPEG", size=(60, 40), **options):
    out = io.BytesIO()
    PillowImage.new("RGB", size, "#e04a0f").save(out, kind, **options)
    return out.getvalue()


def photograph(orientation=1):
    exif = PillowImage.Exif()
    exif[ARTIST] = "A witness"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (5.0, 33.0, 0.0), 3: "W", 4: (0.0, 12.0, 0.0)})
    return picture(exif=exif, comment=b"Cell 12")


@pytest.fixture
def upload(admin):
    def upload(content, name="photo.jpg", kind="image/jpeg"):
        file = SimpleUploadedFile(name, content, kind)
        form = {"title": "A new picture", "file": file, "collection": 1, "tags": ""}
        return admin.post(reverse("wagtailimages:add"), form)

    return upload


def uploaded():
    return Image.objects.get(title="A new picture")


def test_nothing_but_the_picture_is_kept(upload):
    assert b"A witness" in photograph()
    assert upload(photograph()).status_code == 302
    image = uploaded()
    with image.file.open("rb") as file:
        content = file.read()
    assert b"A witness" not in content
    assert b"Cell 12" not in content
    kept = PillowImage.open(io.BytesIO(content))
    assert not dict(kept.getexif())
    for spec in (
        "original",
        "width-30",
        "width-30|format-webp",
        "width-30|format-avif",
    ):
        with image.get_rendition(spec).file.open("rb") as file:
            assert not dict(PillowImage.open(file).getexif())


def test_a_photograph_is_turned_as_the_camera_said(upload):
    upload(photograph(orientation=6))
    assert (uploaded().width, uploaded().height) == (40, 60)


def test_the_picture_stays_the_same(upload):
    upload(picture("PNG"), "photo.png", "image/png")
    with uploaded().file.open("rb") as file:
        assert PillowImage.open(file).getpixel((5, 5)) == (0xE0, 0x4A, 0x0F)


def test_transparency_stays(upload):
    out = io.BytesIO()
    palette = PillowImage.new("P", (8, 8), 0)
    palette.putpalette([0, 0, 0, 255, 255, 255])
    palette.save(out, "PNG", transparency=0)
    upload(out.getvalue(), "logo.png", "image/png")
    with uploaded().file.open("rb") as file:
        assert PillowImage.open(file).convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_other_kinds_are_accepted(upload, kind):
    name = f"photo.{kind.lower()}"
    assert upload(picture(kind), name, f"image/{kind.lower()}").status_code == 302


def huge_png():
    out = io.BytesIO()
    PillowImage.new("1", (6000, 5000)).save(out, "PNG", optimize=True)
    return out.getvalue()


def bomb():
    """A PNG that says it has 400 million pixels, in few bytes."""
    content = bytearray(picture("PNG", (8, 8)))
    content[16:24] = (20_000).to_bytes(4, "big") * 2
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", photograph()[:400]),
        ("photo.jpg", picture(size=(400, 400))[:-600]),
        ("photo.jpg", picture("GIF")),
        ("photo.gif", picture("GIF")),
        ("photo.jpg", b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)"),
        ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("photo.png", huge_png()),
        ("photo.png", bomb()),
        ("photo.png", picture("PNG")[:-30]),
        ("photo.webp", picture("WEBP")[:40]),
        ("photo.jpg", b""),
    ],
    ids=[
        "header only",
        "truncated",
        "GIF by the name of JPEG",
        "GIF",
        "polyglot",
        "SVG by the name of JPEG",
        "SVG",
        "30 megapixels",
        "bomb",
        "truncated PNG",
        "truncated WebP",
        "empty",
    ],
)
def test_what_is_not_a_whole_picture_is_an_error_on_the_field(upload, name, content):
    response = upload(content, name)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"file"}
    assert not Image.objects.filter(title="A new picture").exists()


def test_what_hides_behind_a_picture_is_not_kept(upload):
    assert upload(picture() + b"<script>alert(1)</script>").status_code == 302
    with uploaded().file.open("rb") as file:
        assert b"<script>" not in file.read()


@pytest.mark.parametrize(
    ("content", "success"),
    [(photograph(), True), (photograph()[:400], False)],
    ids=["whole", "truncated"],
)
def test_pictures_uploaded_together_are_cleaned_too(admin, content, success):
    file = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    response = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "A new picture", "files[]": file},
    )
    assert response.status_code == 200
    assert response.json()["success"] is success
    if success:
        with uploaded().file.open("rb") as file:
            assert b"A witness" not in file.read()


def test_a_picture_is_replaced_by_a_clean_one(admin, upload):
    upload(picture())
    image = uploaded()
    form = {
        "title": image.title,
        "collection": 1,
        "file": SimpleUploadedFile("new.jpg", photograph(), "image/jpeg"),
        "tags": "",
    }
    response = admin.post(reverse("wagtailimages:edit", args=[image.pk]), form)
    assert response.status_code == 302
    with uploaded().file.open("rb") as file:
        assert b"A witness" not in file.read()


def test_a_picture_is_edited_without_uploading_it_again(admin, upload):
    upload(picture())
    image = uploaded()
    form = {"title": "Another name", "collection": 1, "credit": "A. Mensah", "tags": ""}
    response = admin.post(reverse("wagtailimages:edit", args=[image.pk]), form)
    assert response.status_code == 302
    image.refresh_from_db()
    assert image.credit == "A. Mensah"
