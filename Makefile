# Needs Python 3.11 or newer, make and git. `make` alone lists the targets.

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PORT ?= 8000
VAR_DIR ?= var
PYTHON ?= $(shell command -v python3.11 || command -v python3)

export PORT VAR_DIR

# A local installation over plain HTTP. With a .env file, the settings come from there.
ifeq ($(wildcard .env),)
export SECRET_KEY_FILE ?= $(VAR_DIR)/secret_key
export HTTPS_ONLY ?= false
export ALLOWED_HOSTS ?= 127.0.0.1,localhost,[::1]
export BASE_URL ?= http://127.0.0.1:$(PORT)
endif

TEMPLATES = $(shell find templates core campaigns -name '*.html')

.DEFAULT_GOAL := help
.PHONY: help run dev test test-browser lint format bench password messages clean free-port

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/installed $(VAR_DIR)/secret_key free-port $(VAR_DIR)/static-collected ## Serve the site with its content at http://127.0.0.1:8000 (PORT=8080 changes it)
	@$(PY) manage.py migrate --check >/dev/null 2>&1 || $(PY) manage.py migrate
	@$(PY) manage.py load_content
	@$(PY) manage.py create_first_admin
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/honcho -e /dev/null start --port $(PORT)

dev: $(VENV)/installed $(VAR_DIR)/secret_key free-port ## The same, debugging and reloading, without scheduled publishing
	@$(PY) manage.py migrate --check >/dev/null 2>&1 || $(PY) manage.py migrate
	@$(PY) manage.py load_content
	@$(PY) manage.py create_first_admin
	DEBUG=true exec $(PY) manage.py runserver 127.0.0.1:$(PORT)

test: $(VENV)/installed-dev ## Run all tests but those in a browser (ARGS="-k rules" chooses)
	$(PY) -m pytest $(ARGS)

test-browser: $(VENV)/installed-dev ## Run the tests in a real browser (needs Debian's chromium)
	$(PY) -m pytest -m browser $(ARGS)

lint: $(VENV)/installed-dev ## Check style, templates, settings and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py check
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	$(DEPLOYMENT) $(PY) manage.py check --deploy --fail-level WARNING

# As in production, where nothing is relaxed.
DEPLOYMENT = env -u SECRET_KEY_FILE -u DEBUG HTTPS_ONLY=true \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	ALLOWED_HOSTS=www.example.org BASE_URL=https://www.example.org \
	EMAIL_URL=smtp+tls://user:password@mail.example.org:587 \
	DEFAULT_FROM_EMAIL=site@example.org

# djade fails when it has changed something, even if all is well now.
format: $(VENV)/installed-dev ## Put Python and templates in order
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true
	$(BIN)/djhtml --tabwidth 2 $(TEMPLATES) || true

bench: $(VENV)/installed-dev $(VAR_DIR)/secret_key ## Measure the pages against a control
	$(PY) tools/bench.py

password: $(VENV)/installed $(VAR_DIR)/secret_key ## Set a new password (USERNAME=someone; else admin)
	@$(PY) manage.py changepassword $(or $(USERNAME),admin)

messages: $(VENV)/installed-dev $(VAR_DIR)/secret_key ## Collect and compile the interface's texts for translators (needs gettext)
	@command -v msgfmt >/dev/null || { echo "Install Debian's package gettext first." >&2; exit 1; }
	@mkdir -p locale
	$(PY) manage.py makemessages --locale ar --locale es --locale fr --locale ru --locale zh_Hans --ignore .venv --ignore var --no-location
	$(PY) manage.py compilemessages --ignore .venv

clean: ## Remove what can be made again; the database, uploads and key stay
	rm -rf $(VENV) $(VAR_DIR)/static $(VAR_DIR)/static-collected .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

free-port: $(VENV)/installed
	@$(PY) gunicorn.conf.py

$(PY):
	@test -n "$(PYTHON)" || { echo "Python is missing: install python3 (3.11 or newer)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: install Python 3.11 or newer, or run make PYTHON=/path/to/python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make virtual environments: install Debian's package python3-venv." >&2; exit 1; }
	@echo "Creating the virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(PY)
	@echo "Installing what the site needs (about a minute the first time) ..."
	@$(PY) -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements.txt requirements-dev.txt | $(PY)
	@echo "Installing what the site and its tests need (about a minute the first time) ..."
	@$(PY) -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@ $(VENV)/installed

$(VAR_DIR)/secret_key: | $(VENV)/installed
	@mkdir -p $(VAR_DIR)
	@umask 077 && $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
	@echo "Made a secret key for this installation in $@."

# Directories too: a file that was removed changes only its directory.
$(VAR_DIR)/static-collected: $(VENV)/installed inn_site/static_files.py $(shell find static)
	@echo "Collecting static files ..."
	@$(PY) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@
