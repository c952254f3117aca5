"""
Two indexes on Wagtail's tables, for what this site asks of them.

A search asks PostgreSQL for words in title and text together, which Wagtail indexes
apart; every page asks for those of the navigation (core.navigation), which it does
not index. Without them both read the whole table.
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
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunPython(
            run_on_postgresql(
                "CREATE INDEX core_search_title_body "
                "ON wagtailsearch_indexentry USING gin ((title || body))"
            ),
            run_on_postgresql("DROP INDEX IF EXISTS core_search_title_body"),
        ),
        migrations.RunSQL(
            "CREATE INDEX core_page_menus ON wagtailcore_page (depth, show_in_menus)",
            "DROP INDEX IF EXISTS core_page_menus",
        ),
    ]
