"""Resource names: a short id becomes a full name, and a full name stays as it is."""

from __future__ import annotations


def full(book: str, collection: str, text: str) -> str:
    """`full("main", "loans", "017-9F3K")` is `books/main/loans/017-9F3K`; ValueError if empty."""
    if not text:
        raise ValueError(f"a name in {collection} is missing")
    return text if text.startswith("books/") else f"books/{book}/{collection}/{text}"


def product(book: str, text: str) -> str:
    """A product, or one version of it as `CODE@3`."""
    return full(book, "products", text.replace("@", "/versions/"))


def short(name: str) -> str:
    """`books/main/loans/017-9F3K` is `017-9F3K`; a product version is `CODE@3`."""
    parts = name.split("/")
    if len(parts) == 6 and parts[4] == "versions":
        return f"{parts[3]}@{parts[5]}"
    return parts[-1]
