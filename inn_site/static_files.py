"""Static files as browsers get them: one small style sheet, hashed names, compressed."""

import posixpath
import re
import tempfile
from pathlib import Path

import lightningcss
from whitenoise.storage import CompressedManifestStaticFilesStorage

CSS_DIRECTORY = "css/"
ENTRY_FILES = ("css/main.css", "css/embed.css", "css/guide.css", "css/admin.css")

# Cascade layers cannot be lowered, so the first browsers that know them are the
# floor. Every phone sold in the last six years can run one of these.
BROWSERS = [
    "chrome >= 99",
    "edge >= 99",
    "firefox >= 97",
    "ios_saf >= 15.4",
    "safari >= 15.4",
    "samsung >= 18",
]

# A reference to a file beside the style sheet: no scheme, not absolute, no fragment,
# and not the address of an @import, which the bundler resolves itself.
RELATIVE_URL = re.compile(
    r"""(?<!@import\ )url\(\s*(?P<quote>["']?)(?![a-z]+:|/|\#)(?P<path>[^"')]+)(?P=quote)\s*\)""",
    re.VERBOSE,
)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Bundle each of ENTRY_FILES with what it imports before names are hashed.

    The imported files below css/ are parts, not pages' style sheets: they are not
    published. A part that is missing or is not CSS makes collectstatic fail.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            self.bundle(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def bundle(self, paths: dict) -> None:
        """Write the bundles over the entry files and take their parts out of `paths`."""
        parts = [
            name
            for name in paths
            if name.startswith(CSS_DIRECTORY) and name.endswith(".css")
        ]
        with tempfile.TemporaryDirectory() as directory:
            for name in parts:
                copy = Path(directory, name)
                copy.parent.mkdir(parents=True, exist_ok=True)
                source = Path(self.path(name)).read_text(encoding="utf-8")
                copy.write_text(rebase_urls(source, name), encoding="utf-8")
            for name in parts:
                if name in ENTRY_FILES:
                    bundle = lightningcss.bundle_css(
                        str(Path(directory, name)), browsers_list=BROWSERS
                    )
                    Path(self.path(name)).write_text(bundle, encoding="utf-8")
                    # Hash what was just written, not the source it came from.
                    paths[name] = (self, name)
        for name in set(parts) - set(ENTRY_FILES):
            del paths[name]
            self.delete(name)


def rebase_urls(css: str, name: str) -> str:
    """Rewrite the relative `url()`s of the style sheet `name` as seen from css/.

    The bundler moves the rules of css/blocks/x.css into css/main.css and leaves
    their addresses as they were.
    """
    folder = posixpath.relpath(posixpath.dirname(name), CSS_DIRECTORY.rstrip("/"))

    def rebase(match: re.Match) -> str:
        path = posixpath.normpath(posixpath.join(folder, match["path"].strip()))
        return f'url("{path}")'

    return RELATIVE_URL.sub(rebase, css)
