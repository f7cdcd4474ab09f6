"""Unpacks an action's zip into a folder of its own. What the zip says about itself is not believed: no entry leads
out of the folder, and what it expands to is bounded before anything is written."""

import os
import re
import stat

_MAX_BYTES = 512 * 1024 * 1024
_MAX_ENTRIES = 100_000
_CHUNK_BYTES = 256 * 1024


class ArchiveError(Exception):
    """A sentence for the author of the archive."""


def unpack(data, folder, optional_links=()):
    """Links below the folders `optional_links` are left out where they lead out of the archive."""
    import io
    import zipfile  # only here: these take milliseconds to load
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries, folder)
            for entry in entries:
                if not stat.S_ISLNK(entry.external_attr >> 16):
                    _write(archive, entry, folder)
            for entry in entries:  # last, so that nothing is written through a link
                if stat.S_ISLNK(entry.external_attr >> 16):
                    _link(archive, entry, folder, optional_links)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(f"The action archive is damaged: {error}.") from None


def _check(entries, folder):
    free = os.statvfs(folder)
    most = min(_MAX_BYTES, free.f_bavail * free.f_frsize)
    if len(entries) > _MAX_ENTRIES:
        raise ArchiveError(f"The action archive holds more than {_MAX_ENTRIES} entries.")
    if sum(entry.file_size for entry in entries) > most:
        raise ArchiveError(f"The action archive expands to more than {most} bytes.")
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if parts[0] == "" or re.fullmatch("[A-Za-z]:", parts[0]) or ".." in parts:
            raise ArchiveError(f"The action archive holds a path that leads out of its folder: '{entry.filename}'.")


def _place(entry, folder):
    path = os.path.join(folder, *entry.filename.replace("\\", "/").split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def _write(archive, entry, folder):
    path = _place(entry, folder)
    if entry.is_dir() or path.endswith("/"):
        os.makedirs(path, exist_ok=True)
        return
    with archive.open(entry) as source, open(path, "wb") as target:
        while chunk := source.read(_CHUNK_BYTES):
            target.write(chunk)
    os.chmod(path, ((entry.external_attr >> 16) & 0o777 or 0o644) | 0o600)


def _link(archive, entry, folder, optional_links):
    path = _place(entry, folder)
    target = archive.read(entry).decode()
    resolved = os.path.normpath(os.path.join(os.path.dirname(path), target))
    if resolved == folder or resolved.startswith(folder + os.sep):
        os.symlink(target, path)
    elif not entry.filename.startswith(tuple(optional_links)):
        raise ArchiveError(f"The action archive holds a link that leads out of its folder: '{entry.filename}'.")
