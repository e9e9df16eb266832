"""A file system of its own that is soon full, for tests of what happens then."""
import os
import shlex
import subprocess

_NEW_MOUNTS = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]


def can_be_had():
    done = subprocess.run([*_NEW_MOUNTS, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"], capture_output=True, check=False)
    return done.returncode == 0


def run_on(folder, size, *commands, after="", **options):
    """Runs `commands` one after the other, FOLDER being a disk of SIZE ("300k") for the first and of 256 MB for the others, then
    the shell line `after`; the disk is gone afterwards. Returns one CompletedProcess: each command's exit status stands on a
    line "status N" of its own."""
    script = [f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(folder)}"]
    for command in commands:
        script += [shlex.join(command) + "; echo status $?", f"mount -o remount,size=256m {shlex.quote(folder)}"]
    return subprocess.run([*_NEW_MOUNTS, "sh", "-c", "\n".join([*script, after])], capture_output=True, check=False, **options)
