"""Headers of every answer: nothing from elsewhere, nothing inline, nothing framed, nothing kept."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ASSET_SECONDS = 365 * 24 * 3600


def set_headers(app: Flask, *, is_https: bool) -> None:
    """Put the headers on every answer; personal pages are kept by no cache."""

    def add(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        is_asset = request.endpoint == "static" and response.status_code < 400
        headers["Cache-Control"] = f"public, max-age={ASSET_SECONDS}, immutable" if is_asset else "no-store"
        return response

    app.after_request(add)
