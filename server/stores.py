"""Places that checkpoints are handed out to: folders, and object storage by way of obstore.

Names are written once. A name that is there with other bytes stays as it is, and is told.
"""

from __future__ import annotations

import os
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from server.apart import apart
from server.errors import first_line
from server.files import sync

if TYPE_CHECKING:
    from obstore.store import ObjectStore

#: What obstore reaches with a write that never overwrites.
SCHEMES = ("s3", "gs", "az")
_PATIENCE = timedelta(seconds=10)
_PART = ".part"


class StoreError(Exception):
    """Why a place did not take or show something, in one line; asking again may help."""


class Differs(StoreError):
    """The name is taken by other bytes: somebody else wrote there, and asking again is no help."""


class Store(Protocol):
    """A place with names and bytes."""

    async def names(self, folder: str) -> set[str]:
        """What is there in a folder, each with the folder's name in front."""

    async def put(self, name: str, data: bytes) -> None:
        """Writes a name that is not there; the same bytes again are no fault."""


def open_store(url: str) -> Store:
    """The place of a URL or a path; ValueError in one line where nothing can be written to such."""
    parts = urlsplit(url)
    if parts.scheme in ("", "file") and not parts.netloc:
        return Folder(Path(unquote(parts.path)))
    if parts.scheme not in SCHEMES:
        raise ValueError(f"{url!r} is no folder, and no URL of {', '.join(SCHEMES)}")
    try:
        return Objects(url)
    except ImportError:
        raise ValueError(f"{url} needs obstore: pip install 'loanledger[handout]'") from None


class Folder:
    """A folder of a file system; a name appears when its content is on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def names(self, folder: str) -> set[str]:
        """The files of a folder that is there or not."""
        return await apart(partial(self._names, folder), StoreError)

    async def put(self, name: str, data: bytes) -> None:
        """Links the whole file to its name, which fails where the name is taken."""
        await apart(partial(self._put, name, data), StoreError)

    def _names(self, folder: str) -> set[str]:
        try:
            with os.scandir(self._path / folder) as found:
                return {f"{folder}/{each.name}" for each in found}
        except FileNotFoundError:
            return set()
        except OSError as error:
            raise StoreError(str(error)) from error

    def _put(self, name: str, data: bytes) -> None:
        path = self._path / name
        part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            sync(part)
            try:
                os.link(part, path)
            except FileExistsError:
                if path.read_bytes() != data:
                    raise Differs(f"{path} is there with other bytes") from None
            finally:
                part.unlink()
            sync(path.parent)
        except OSError as error:
            raise StoreError(str(error)) from error


class Objects:
    """A bucket, or a folder of one; credentials come from the environment or the machine."""

    def __init__(self, url: str) -> None:
        from obstore import exceptions, store  # noqa: PLC0415 only where somebody hands out to it

        self._faults = (exceptions.BaseError, OSError, ValueError)
        try:
            self._store: ObjectStore = store.from_url(
                url,
                # Only who writes http:// into AWS_ENDPOINT gets a connection without TLS.
                client_options={"timeout": _PATIENCE, "allow_http": True},
                retry_config={"max_retries": 2, "retry_timeout": _PATIENCE},
            )
        except self._faults as error:
            raise ValueError(f"{url}: {first_line(error)}") from None

    async def names(self, folder: str) -> set[str]:
        """All objects of a folder."""
        from obstore import list as list_objects  # noqa: PLC0415

        try:
            pages = list_objects(self._store, prefix=folder, chunk_size=1000)
            return {found["path"] async for page in pages for found in page}
        except self._faults as error:
            raise StoreError(first_line(error)) from error

    async def put(self, name: str, data: bytes) -> None:
        """Writes on condition that there is no such object."""
        from obstore import exceptions, get_async, put_async  # noqa: PLC0415

        try:
            try:
                await put_async(self._store, name, data, mode="create", use_multipart=False)
            except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
                found = await get_async(self._store, name)
                if bytes(await found.bytes_async()) != data:
                    raise Differs(f"{name} is there with other bytes") from None
        except self._faults as error:
            raise StoreError(first_line(error)) from error
