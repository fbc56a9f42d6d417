"""Settings: an embedded SQLite file by default, PostgreSQL by one address; no logic."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

POOL = int(os.environ.get("GUICHENG_POOL", "0"))
"""How many PostgreSQL connections one server process keeps; without it, one for each thread."""
STATEMENT_SECONDS = int(os.environ.get("GUICHENG_STATEMENT_SECONDS", "0"))
"""The longest that one statement may run on PostgreSQL; the server sets 30, the command line no limit."""
VAR = Path(os.environ.get("GUICHENG_HOME", "var"))


def database(address: str) -> dict[str, Any]:
    """Django's database settings for sqlite:///path or postgresql://user:password@host:port/name."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            # Taken as it stands: a folder's name may hold what would have a meaning in an address.
            "NAME": address.removeprefix("sqlite:///") or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # 32 MiB of pages kept by each connection: with the usual two a page of a large book is read anew at every visit.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if POOL else 600,
        # Our one large statement is prepared once and planned once; compiling it just in time would cost more than it saves. A row
        # by its index costs little more than the next one, in memory or on flash; taken for a disk's, whole tables would be read.
        # A page is ready before helpers are: one process answers.
        "OPTIONS": {
            "options": f"-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1 "
            f"-c max_parallel_workers_per_gather=0 -c statement_timeout={STATEMENT_SECONDS}s",
            "prepare_threshold": 5,
            **({"pool": {"min_size": 1, "max_size": POOL, "timeout": 10}} if POOL else {}),
        },
    }


DATABASES = {"default": database(os.environ.get("GUICHENG_DATABASE", f"sqlite:///{VAR / 'guicheng.sqlite3'}"))}
INSTALLED_APPS = [
    *(f"guicheng.{room}" for room in
      ("people", "records", "ledger", "door", "sealed", "accounts", "papers", "portfolio", "web")),
    *(f"django.contrib.{app}" for app in ("contenttypes", "auth", "sessions", "staticfiles")),
]  # fmt: skip
SECRET_KEY = os.environ.get("GUICHENG_SECRET_KEY", "not-used-by-the-command-line")
ALLOWED_HOSTS = os.environ.get("GUICHENG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DEMONSTRATION = os.environ.get("GUICHENG_DEMONSTRATION") == "1"
HTTPS = os.environ.get("GUICHENG_HTTPS") == "1"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"

ROOT_URLCONF = "guicheng.config.urls"
WSGI_APPLICATION = "guicheng.config.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guicheng.web.middleware.language",
    "guicheng.web.middleware.guard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guicheng.web.middleware.idle_end",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent.parent / "web" / "templates"],
        "OPTIONS": {
            "environment": "guicheng.web.parts.engine.environment",
            "context_processors": ["guicheng.web.context.everywhere"],
        },
    }
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_AUTOREFRESH = False

AUTH_USER_MODEL = "accounts.Account"
SESSION_ENGINE = "guicheng.accounts.visit"
# The others are named by sessions that began under an earlier version. None of them checks passwords.
AUTHENTICATION_BACKENDS = [
    "guicheng.web.who.Visitors", "guicheng.accounts.visit.Accounts", "django.contrib.auth.backends.ModelBackend",
]  # fmt: skip
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
IDLE_SECONDS = int(os.environ.get("GUICHENG_IDLE_MINUTES", "30")) * 60
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_FAILURE_VIEW = "guicheng.web.pages.errors.csrf_failed"
X_FRAME_OPTIONS = "SAMEORIGIN"
MOST_PAPER = int(os.environ.get("GUICHENG_PAPER_MB", "100")) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an estimate of a thousand lines is one form
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
