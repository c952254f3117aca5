"""
An index for what a search asks PostgreSQL: words in title and text together.

Wagtail's migrations index the two columns apart, so PostgreSQL reads the table.
"""

from django.db import migrations


def run_on_postgresql(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_initial"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunPython(
            run_on_postgresql(
                "CREATE INDEX core_search_title_body "
                "ON wagtailsearch_indexentry USING gin ((title || body))"
            ),
            run_on_postgresql("DROP INDEX IF EXISTS core_search_title_body"),
        )
    ]
