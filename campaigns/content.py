"""What ships of campaigns: partners and the films, from core/content."""

from django.core.files import File
from django.core.files.images import ImageFile

from campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    Captions,
    Media,
    Partner,
    PartnersPage,
)
from core.content import add_page, fill_page
from core.content_blocks import BlockBuilder
from core.content_evidence import issues_of
from core.content_loader import CONTENT_DIR, publish, read
from core.models import Image

MEDIA_DIR = CONTENT_DIR / "media"
CAMPAIGNS = ["nightmare"]


def load_partners(loader):
    for shipped in read("partners.toml")["partner"]:

        def write(partner, shipped=shipped):
            partner.name = shipped["name"]
            partner.country = shipped.get("country", "")
            publish(partner)

        loader.place(
            f"partner/{shipped['slug']}",
            shipped,
            Partner.objects.filter(slug=shipped["slug"]),
            lambda shipped=shipped: Partner(slug=shipped["slug"]),
            write,
        )


def add_pages(loader):
    index = read("pages/campaigns.toml")
    add_page(loader, CampaignIndexPage, "/campaigns/", index)
    for name in CAMPAIGNS:
        shipped = read(f"pages/campaign-{name}.toml")
        add_page(loader, CampaignPage, f"/campaigns/{name}/", shipped)
    add_page(loader, PartnersPage, "/partners/", read("pages/partners.toml"))


def fill_pages(loader):
    builder = BlockBuilder(loader.get)
    for name in ("campaigns", "partners"):
        shipped = read(f"pages/{name}.toml")
        fill_page(loader, f"/{name}/", shipped, lambda page, shipped: None)

    def write(page, shipped):
        page.film = load_film(loader, shipped)
        page.poster = load_poster(loader, shipped)
        page.has_no_speech = not shipped["has_speech"]
        page.transcript = shipped["transcript"].strip()
        page.credits = shipped["credits"]
        page.partners = [loader.get(f"partner/{slug}") for slug in shipped["partners"]]
        page.issues = issues_of(loader, shipped)
        page.captions = [
            captions_from(language, name, position)
            for position, (language, name) in enumerate(shipped["captions"].items())
        ]
        page.body = builder.stream(shipped["body"])

    for name in CAMPAIGNS:
        shipped = read(f"pages/campaign-{name}.toml")
        fill_page(loader, f"/campaigns/{name}/", shipped, write)


def load_film(loader, shipped):
    name = shipped["film"]

    def write(media):
        with (MEDIA_DIR / name).open("rb") as file:
            media.file = File(file, name=name)
            media.save()

    return loader.place(
        f"film/{name}",
        name,
        Media.objects.none(),
        lambda: Media(
            title=shipped["title"],
            type="video",
            duration=shipped["duration_seconds"],
            width=shipped["width"],
            height=shipped["height"],
        ),
        write,
    )


def load_poster(loader, shipped):
    name = shipped["poster"]

    def write(image):
        with (MEDIA_DIR / name).open("rb") as file:
            image.file = ImageFile(file, name=name)
            image.save()

    return loader.place(
        f"image/{name}",
        name,
        Image.objects.none(),
        lambda: Image(title=shipped["title"], description=shipped["poster_alt"]),
        write,
    )


def captions_from(language, name, position):
    captions = Captions(language=language, sort_order=position)
    with (MEDIA_DIR / name).open("rb") as file:
        captions.file.save(name, File(file), save=False)
    return captions
