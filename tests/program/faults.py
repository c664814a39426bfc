#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What happens to results when the world fails: full disks, closed pipes, signals, kill -9, system calls that fail.

usage: faults.py PROGRAM SOURCE_FOLDER

A target is old or new, and whole; a failure is told by the exit status; nothing is left behind.
"""
import os
import pathlib
import pty
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

NOBODY = 65534
OLD = "旧的结果，不能丢。\n".encode()
BOOK = """name: 驻所社工
codes:
  - name: 社工
    rules: [社工, 志愿者]
  - name: 报警
    codes:
      - name: 求助
        rules: [(报警 OR 求助) NOT 刑事]
      - name: 噪音
        rules: [噪音 NEAR/20 (邻居 OR 报警)]
  - name: 人
    rules: [人, 他, 她, 我, 你]
  - name: 社区
    rules: [社区 EXCEPT 社区矫正, 居民]
"""
passed = failed = 0


def expect(good, what, detail=""):
    global passed, failed
    if good:
        passed += 1
        return True
    failed += 1
    detail = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
    print(f"FAILED {what}" + (f": {detail[:300]}" if detail else ""))
    return False


class Study:
    """A project in a scratch folder: a small folder of interviews, a large one, codings made of both, a place for results."""

    def __init__(self, program, source, scratch):
        scratch.chmod(0o755)
        self.scratch = scratch
        self.program = scratch / "fangtan"
        shutil.copy(program, self.program)
        self.book = scratch / "book.yaml"
        self.book.write_text(BOOK, encoding="utf-8")
        self.small, self.large = scratch / "small", scratch / "large"
        self.small.mkdir()
        self.large.mkdir()
        interviews = sorted((source / "samples" / "policing" / "interviews").glob("P[1-4].txt"))
        for path in interviews:
            shutil.copy(path, self.small)
        for i in range(24):
            (self.large / f"P{i}.txt").write_bytes(b"".join(path.read_bytes() for path in interviews) * 12)
        self.codings = scratch / "codings.jsonl"
        self.codings.write_bytes(self.run("code", "-b", self.book, self.small).stdout)
        self.many = scratch / "many.jsonl"
        self.many.write_bytes(self.run("code", "-b", self.book, self.large).stdout)
        assert self.codings.stat().st_size > 1 << 14 and self.many.stat().st_size > 1 << 20
        self.out = scratch / "out"
        self.fresh()

    def fresh(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        self.out.chmod(0o777)

    def command(self, *arguments):
        return [str(self.program), *map(str, arguments)]

    def run(self, *arguments, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **options}
        return subprocess.run(self.command(*arguments), **options)

    def shell(self, script, *arguments):
        """bash, with the command as "$@"."""
        return subprocess.run(["bash", "-c", script, "bash", *self.command(*arguments)], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    def writers(self):
        """The commands that write a file: name, arguments."""
        yield "code", ("code", "-b", self.book, self.small)
        yield "tabulate", ("tabulate", self.codings)
        yield "tabulate -b", ("tabulate", "-b", self.book, self.small)
        # libime's model ends the program when the system cannot close its file, after the output stands; ICU has no such file.
        yield "tokenize", ("tokenize", "--segmenter", "icu", self.small)
        yield "words", ("words", "--segmenter", "icu", "-f", "csv", self.small)
        yield "kwic", ("kwic", "-f", "csv", "警", self.small)
        yield "codebook show", ("codebook", "show", self.book)
        yield "codebook convert", ("codebook", "convert", self.book)


def as_nobody():
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def full_and_closed(study):
    others = [("codebook check", ("codebook", "check", study.book)), ("--help", ("--help",)), ("--version", ("--version",)), ("code --help", ("code", "--help"))]
    for name, arguments in [*study.writers(), *others]:
        with open("/dev/full", "wb") as full:
            result = study.run(*arguments, stdout=full)
        expect(result.returncode == 4 and b"standard output" in result.stderr, f"{name} > /dev/full: status 4", result)
        result = study.shell('"$@" >&-', *arguments)
        expect(result.returncode == 4 and b"standard output" in result.stderr, f"{name} >&-: status 4", result)
    for name, arguments in study.writers():
        result = study.run(*arguments, "-o", "/dev/full")
        expect(result.returncode == 4 and b"/dev/full" in result.stderr, f"{name} -o /dev/full: status 4", result)
        result = study.run(*arguments, "-o", "/dev/null")
        expect(result.returncode == 0 and not pathlib.Path("/dev/null").is_file(), f"{name} -o /dev/null: status 0", result)
        target = study.out / "a.csv"
        result = study.shell('"$@" >&- 2>&- <&-', *arguments, "-o", target)
        expect(result.returncode == 0 and target.read_bytes() == study.run(*arguments, "-o", study.out / "b.csv").stdout + (study.out / "b.csv").read_bytes(),
               f"{name} -o FILE with everything closed: the same file", result)
        study.fresh()
    result = study.shell('"$@" <&-', "code", "-b", study.book)
    expect(result.returncode == 3 and b'"record":"end"' not in result.stdout, "code <&-: status 3", result)
    result = study.shell('"$@" <&-', "tabulate")
    expect(result.returncode == 3 and not result.stdout, "tabulate <&-: status 3", result)


def reader_that_goes_away(study):
    commands = [*study.writers(), ("code, large", ("code", "-b", study.book, study.large)), ("code -f csv, large", ("code", "-b", study.book, "-f", "csv", study.large)), ("--help", ("--help",))]
    for name, arguments in commands:
        for reader in ("head -n 1", "head -c 100000", "true"):
            result = study.shell(f'"$@" | {reader} > /dev/null; exit ${{PIPESTATUS[0]}}', *arguments)
            expect(result.returncode == 0 and not result.stderr, f"{name} | {reader}: status 0 and silence", result)


def found_before_the_work(study):
    """Standard input stays open: a command that begins to work would wait for it."""

    def at_once(name, arguments, word, **options):
        read, write = os.pipe()
        try:
            result = study.run(*arguments, stdin=read, **{"timeout": 10, **options})
            expect(result.returncode == 4 and word in result.stderr and not result.stdout, name, result)
        except subprocess.TimeoutExpired:
            expect(False, name, "it works, or waits for input, before it looks at the target")
        finally:
            os.close(read)
            os.close(write)

    locked = study.scratch / "locked"
    locked.mkdir()
    (locked / "old.csv").write_bytes(OLD)
    (locked / "old.csv").chmod(0o666)
    locked.chmod(0o555)
    protected = study.out / "protected.csv"
    protected.write_bytes(OLD)
    protected.chmod(0o444)
    for name, arguments in [("code", ("code", "-b", study.book, "-")), ("tabulate", ("tabulate", "-")), ("tabulate -b", ("tabulate", "-b", study.book, "-"))]:
        at_once(f"{name}: folder that is not there", [*arguments, "-o", study.out / "none" / "a.csv"], b"none/a.csv")
        at_once(f"{name}: file for a folder", [*arguments, "-o", study.book / "a.csv"], b"book.yaml/a.csv")
        at_once(f"{name}: folder for a file", [*arguments, "-o", study.out], b"is a folder")
        at_once(f"{name}: folder that cannot be written", [*arguments, "-o", locked / "new.csv"], b"new.csv", **as_nobody())
        at_once(f"{name}: file in a folder that cannot be written", [*arguments, "-o", locked / "old.csv"], b"old.csv", **as_nobody())
        at_once(f"{name}: write-protected file", [*arguments, "-o", protected], b"write-protected", **as_nobody())
    expect(protected.read_bytes() == OLD and (locked / "old.csv").read_bytes() == OLD, "protected files are as they were")
    expect(os.listdir(locked) == ["old.csv"] and os.listdir(study.out) == ["protected.csv"], "nothing is left in folders that cannot be written")
    locked.chmod(0o755)
    study.fresh()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.001)
    return True


def temporary_files(folder):
    return [name for name in os.listdir(folder) if name.startswith(".")]


def signals(study):
    target = study.out / "a.jsonl"
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for name, arguments in [("code, waiting for input", ("code", "-b", study.book, study.small, "-")), ("tabulate, waiting for input", ("tabulate", "-")),
                                ("code, at work", ("code", "-b", study.book, study.large)), ("tabulate, at work", ("tabulate", "-b", study.book, "--by", "participant", study.large))]:
            for old in (OLD, None):
                study.fresh()
                if old:
                    target.write_bytes(old)
                with subprocess.Popen(study.command(*arguments, "-o", target), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                    started = wait_for(lambda: temporary_files(study.out) or process.poll() is not None)
                    time.sleep(0.01)
                    process.send_signal(number)
                    if not wait_for(lambda: process.poll() is not None):
                        process.kill()
                        process.wait()
                    what = f"{number.name} {name}, {'old file' if old else 'no file'}"
                    if process.returncode == 0 and "at work" in name and target.exists() and target.read_bytes() != old:
                        continue  # it was done before the signal came
                    expect(started and process.returncode == 128 + number, f"{what}: status {128 + number}", process.returncode)
                    expect(os.listdir(study.out) == ([target.name] if old else []) and (not old or target.read_bytes() == old), f"{what}: as it was", os.listdir(study.out))
    with subprocess.Popen(study.command("code", "-b", study.book, "-j1", study.large, "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        begin = process.stdout.read(100_000)
        process.send_signal(signal.SIGTERM)
        stream = begin + process.stdout.read()
    expect(process.returncode == 143 and b'"record":"end"' not in stream, "SIGTERM on a stream: status 143 and no end", process.returncode)
    result = study.run("tabulate", stdin=None, input=stream)
    expect(result.returncode == 3 and not result.stdout, "what it wrote gives no table", result)
    result = study.shell('trap "" HUP; "$@" & sleep 0.05; kill -HUP $! 2>/dev/null; wait $!', "code", "-b", study.book, study.large, "-o", target)
    expect(result.returncode == 0 and target.read_bytes() == study.many.read_bytes(), "nohup: a hangup that is ignored stays ignored", result)
    study.fresh()


def kills(study, rounds=30):
    target = study.out / "a.jsonl"
    whole = study.many.read_bytes()
    begin = time.monotonic()
    study.run("code", "-b", study.book, study.large, "-o", target)
    usual = time.monotonic() - begin
    generator = random.Random(20220301)
    states = {"old": 0, "new": 0}
    torn = 0
    for _ in range(rounds):
        target.write_bytes(OLD)
        with subprocess.Popen(study.command("code", "-b", study.book, study.large, "-o", target), stderr=subprocess.DEVNULL) as process:
            time.sleep(generator.uniform(0, 1.1 * usual))
            process.kill()
        found = target.read_bytes()
        states["old"] += found == OLD
        states["new"] += found == whole
        torn += found not in (OLD, whole)
    expect(torn == 0, f"kill -9, {rounds} rounds: no torn file", f"{torn} torn, {states}")
    expect(states["old"] > 0, "kill -9: some rounds stopped the work", states)
    left = temporary_files(study.out)
    for name in left:
        os.rename(study.out / name, study.small / name)
    (study.small / ".P99.txt.fangtan-1-0").write_bytes((study.small / "P1.txt").read_bytes())
    result = study.run("code", "-b", study.book, study.small)
    expect(result.stdout == study.codings.read_bytes(), "what a killed command leaves is never read as data", result.stderr)
    for name in [*left, ".P99.txt.fangtan-1-0"]:
        (study.small / name).unlink()
    study.fresh()


# Fails the call CALL of each name from the FIRST time to the LAST.
PRELOAD = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
static int count;
static int fails(const char* call) {
    const char* wanted = getenv("FAULT_CALL");
    if (wanted == NULL || strcmp(wanted, call) != 0) return 0;
    const int now = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (now < atoi(getenv("FAULT_FIRST")) || now > atoi(getenv("FAULT_LAST"))) return 0;
    errno = atoi(getenv("FAULT_ERROR"));
    return 1;
}
#define REAL(name) static __typeof__(name)* real; if (real == NULL) real = (__typeof__(name)*)dlsym(RTLD_NEXT, #name)
ssize_t write(int fd, const void* data, size_t size) {
    REAL(write);
    if (fd != 2 && getenv("FAULT_SHORT")) size = (size + 1) / 2;
    return fd != 2 && fails("write") ? -1 : real(fd, data, size);
}
ssize_t read(int fd, void* data, size_t size) { REAL(read); return fails("read") ? -1 : real(fd, data, size); }
int fsync(int fd) { REAL(fsync); return fails("fsync") ? -1 : real(fd); }
int close(int fd) { REAL(close); const int bad = fails("close"), why = errno, done = real(fd); if (bad) errno = why; return bad ? -1 : done; }
int rename(const char* from, const char* to) { REAL(rename); return fails("rename") ? -1 : real(from, to); }
"""
ERRNO = {"EINTR": 4, "EIO": 5, "EFBIG": 27, "ENOSPC": 28, "EDQUOT": 122}


def by_preload(study):
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    library = study.scratch / "faults.so"
    (study.scratch / "faults.c").write_text(PRELOAD)
    built = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, study.scratch / "faults.c", "-ldl"], capture_output=True)
    if not expect(built.returncode == 0, "the library of faults can be compiled", built.stderr):
        return None

    def run(arguments, call, error, first, last, **more):
        environment = {**os.environ, "LD_PRELOAD": "./faults.so", "FAULT_CALL": call, "FAULT_ERROR": str(ERRNO[error]), "FAULT_FIRST": str(first), "FAULT_LAST": str(last), **more}
        return study.run(*arguments, env=environment, cwd=library.parent)  # LD_PRELOAD parts its value at blanks

    return run


def by_strace(study):
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        return None

    def run(arguments, call, error, first, last, **more):
        when = f"{first}" if first == last else f"{first}+"
        prefix = [strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
        return subprocess.run([*prefix, *study.command(*arguments)], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    return run


def signal_at_each_call(study):
    """SIGTERM at the very call: before, in or behind it."""
    if by_strace(study) is None:
        print("skipped: a signal at each call (strace is not here)")
        return
    target = study.out / "a.jsonl"
    whole = study.codings.read_bytes()
    for call in ("openat", "write", "fsync", "rename"):
        wrong, rounds = [], 0
        for when in range(1, 80):
            target.write_bytes(OLD)
            command = study.command("code", "-b", study.book, study.small, "-o", target)
            result = subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=TERM:when={when}", *command], capture_output=True, timeout=60)
            if result.returncode == 0:
                break
            rounds += 1
            # Before the program has begun, the system ends it.
            if result.returncode not in (143, -signal.SIGTERM) or os.listdir(study.out) != [target.name] or target.read_bytes() not in (OLD, whole):
                wrong.append((when, result.returncode, os.listdir(study.out)))
        expect(rounds > 0 and not wrong, f"SIGTERM at each {call}, {rounds} rounds", wrong)
        study.fresh()


def failing_calls(study):
    methods = {name: method for name, method in (("preload", by_preload(study)), ("strace", by_strace(study))) if method is not None}
    if not methods:
        print("skipped: failing system calls (neither a C compiler nor strace is here)")
        return
    target = study.out / "a.jsonl"
    study.run("code", "-b", study.book, study.small, "-o", target)
    small = target.read_bytes()
    lasts_forever = 10**6
    for how, run in methods.items():
        # Few, for strace is slow: the small study is written at once, the large one in many parts.
        for arguments, whole, calls in [(("code", "-b", study.book, "-j1", study.small), small, [("write", 1), ("fsync", 2), ("rename", 1)]),
                                        (("code", "-b", study.book, "-j1", study.large), study.many.read_bytes(), [("write", 3)])]:
            for call, times in calls:
                for error in ("ENOSPC", "EIO") if how == "strace" else ("ENOSPC", "EIO", "EDQUOT", "EFBIG"):
                    for first in range(1, times + 1):
                        for last in (first, lasts_forever):
                            target.write_bytes(OLD)
                            result = run([*arguments, "-o", target], call, error, first, last)
                            what = f"{how}: {call} {first}{'' if last == first else ' and all after it'} fails with {error}"
                            # The second fsync is the folder's, which some file systems cannot do: the file is whole and named by then.
                            if call == "fsync" and first == 2:
                                expect(result.returncode == 0 and target.read_bytes() == whole, f"{what}: done", result)
                                continue
                            told = b"a.jsonl" in result.stderr or (how == "strace" and call == "write" and last != first)  # the message is written too
                            expect(result.returncode == 4 and told, f"{what}: status 4", result)
                            expect(target.read_bytes() == OLD and os.listdir(study.out) == [target.name], f"{what}: as it was", os.listdir(study.out))
    if "preload" in methods:
        run = methods["preload"]
        for name, arguments in study.writers():
            target.unlink(missing_ok=True)
            study.run(*arguments, "-o", target)
            whole = target.read_bytes()
            for call in ("write", "close", "read", "fsync", "rename"):
                silent = torn = left = rounds = told = 0
                for first in range(1, 200):
                    target.write_bytes(OLD)
                    result = run([*arguments, "-o", target], call, "EIO", first, first)
                    found = target.read_bytes()
                    rounds += 1
                    told += result.returncode in (3, 4)
                    silent += result.returncode == 0 and found != whole
                    torn += found not in (OLD, whole) or (result.returncode != 0 and found != OLD)
                    left += os.listdir(study.out) != [target.name]
                    # Whether a file that was read can be closed is nobody's business.
                    if result.returncode == 0 and call not in ("close", "fsync") or first > 12:
                        break
                expect(silent == torn == left == 0 and told > 0, f"{name}: each {call} in turn", f"{silent} silent, {torn} torn, {left} left, {told} told in {rounds} rounds")
            target.write_bytes(OLD)
            result = run([*arguments, "-o", target], "write", "EINTR", 1, 1)
            expect(result.returncode == 0 and target.read_bytes() == whole, f"{name}: an interrupted write is taken up again", result)
            result = run([*arguments, "-o", target], "none", "EIO", 1, 1, FAULT_SHORT="1")
            expect(result.returncode == 0 and target.read_bytes() == whole, f"{name}: short writes are completed", result)
        result = run(("code", "-b", study.book, study.small), "write", "EIO", 1, 1)
        expect(result.returncode == 4 and b"standard output" in result.stderr, "standard output that fails: status 4", result)
    study.fresh()


def limits(study):
    target = study.out / "a.jsonl"
    target.write_bytes(OLD)
    for kilobytes, arguments in [(100, ("code", "-b", study.book, study.large)), (1, ("code", "-b", study.book, study.small))]:
        result = study.shell(f'ulimit -f {kilobytes}; "$@"', *arguments, "-o", target)
        expect(result.returncode == 4 and b"a.jsonl" in result.stderr, f"file size limit of {kilobytes} KiB: status 4", result)
        expect(target.read_bytes() == OLD and os.listdir(study.out) == [target.name], f"file size limit of {kilobytes} KiB: as it was", os.listdir(study.out))
    big = study.scratch / "big.txt"
    big.write_bytes("P1：这里的社工一直在忙。\n".encode() * 1_500_000)
    for threads in ("-j1", "-j2"):
        result = study.shell('ulimit -v 150000; "$@"', "code", "-b", study.book, threads, big, study.small, "-o", target)
        expect(result.returncode == 5 and b"memory" in result.stderr, f"too little memory, {threads}: status 5", result)
        expect(target.read_bytes() == OLD and os.listdir(study.out) == [target.name], f"too little memory, {threads}: as it was", os.listdir(study.out))
    big.unlink()
    study.fresh()


def targets(study):
    new, real, link = study.out / "new.csv", study.out / "real.csv", study.out / "link.csv"
    table = study.run("tabulate", study.codings).stdout
    result = study.shell('umask 027; "$@"', "tabulate", study.codings, "-o", new)
    expect(result.returncode == 0 and new.stat().st_mode & 0o777 == 0o640, "a new file has the rights that umask leaves", oct(new.stat().st_mode))
    real.write_bytes(OLD)
    real.chmod(0o604)
    link.symlink_to("real.csv")
    result = study.run("tabulate", study.codings, "-o", link)
    expect(result.returncode == 0 and link.is_symlink() and real.read_bytes() == table, "a link is written through", result)
    expect(real.stat().st_mode & 0o777 == 0o604, "an old file keeps its rights", oct(real.stat().st_mode))
    fifo = study.out / "fifo"
    os.mkfifo(fifo)
    read = []
    reader = threading.Thread(target=lambda: read.append(fifo.read_bytes()))
    reader.start()
    result = study.run("tabulate", study.codings, "-o", fifo)
    reader.join(10)
    expect(result.returncode == 0 and read == [table] and fifo.is_fifo(), "a named pipe is written to", result)
    long = study.out / ("长" * 83 + ".csv")
    result = study.run("tabulate", study.codings, "-o", long)
    expect(result.returncode == 0 and long.read_bytes() == table, "a name of 253 bytes", result)
    many = [subprocess.Popen(study.command("tabulate", study.codings, "-o", new)) for _ in range(8)]
    expect([process.wait(20) for process in many] == [0] * 8 and new.read_bytes() == table, "eight writers of one file: whole")
    expect(not temporary_files(study.out), "eight writers of one file: nothing is left", os.listdir(study.out))
    study.fresh()


def colour(study):
    def on_terminal(*arguments, **environment):
        master, slave = pty.openpty()
        result = study.run(*arguments, stderr=slave, env={"PATH": os.environ["PATH"], "TERM": "xterm", **environment})
        os.close(slave)
        text = b""
        try:
            while chunk := os.read(master, 65536):
                text += chunk
        except OSError:
            pass
        os.close(master)
        return b"\x1b[" in text, result

    wrong = ("code", "-b", "none.yaml")
    for what, arguments, wanted in [("in a pipe", wrong, False), ("--color always in a pipe", ("--color", "always", *wrong), True)]:
        expect((b"\x1b[" in study.run(*arguments).stderr) == wanted, f"colour: {what}")
    result = study.run("--color", "always", "tabulate", study.codings, "-f", "text")
    expect(result.returncode == 0 and b"\x1b" not in result.stdout, "colour: never in results", result)
    try:
        for descriptor in pty.openpty():
            os.close(descriptor)
    except OSError as error:  # a bare chroot has no /dev/pts
        print(f"no terminal can be made here ({error}): colours on terminals are not looked at")
        return
    for what, arguments, environment, wanted in [
        ("on a terminal", wrong, {}, True), ("NO_COLOR=1", wrong, {"NO_COLOR": "1"}, False), ("NO_COLOR empty", wrong, {"NO_COLOR": ""}, True), ("TERM=dumb", wrong, {"TERM": "dumb"}, False),
        ("--color never", ("--color", "never", *wrong), {}, False), ("--color never behind", (*wrong, "--color=never"), {}, False),
        ("--color always and NO_COLOR", ("--color", "always", *wrong), {"NO_COLOR": "1"}, True), ("--color auto", ("--color", "auto", *wrong), {}, True),
    ]:
        coloured, result = on_terminal(*arguments, **environment)
        expect(coloured == wanted and result.returncode == 3, f"colour: {what}", result)
    coloured, result = on_terminal("code", "-b", study.book, study.small)
    expect(result.returncode == 0 and result.stdout == study.codings.read_bytes(), "a terminal for messages changes no result")


def snapshot(*folders):
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for folder in folders for path in [folder, *sorted(folder.rglob("*"))]}


def privacy(study):
    canary = study.scratch / "金丝雀-canary"
    home, temporary, work = (canary / name for name in ("home", "tmp", "work"))
    for folder in (home, temporary, work):
        folder.mkdir(parents=True)
    shutil.copytree(study.small, canary / "interviews")
    (canary / "interviews" / "broken.txt").write_bytes("P9：这一段坏了。".encode() + b"\xff")
    locked = canary / "interviews" / "locked.txt"
    locked.write_bytes(b"P8: locked\n")
    locked.chmod(0)
    shutil.copy(study.book, canary / "book.yaml")
    for folder in (home, temporary, work):
        folder.chmod(0o777)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(temporary), "TMP": str(temporary), "XDG_CACHE_HOME": str(home), "USER": "canary-user", "LOGNAME": "canary-user"}
    before = snapshot(canary)
    secrets = [b"canary", "金丝雀".encode(), str(study.scratch).encode(), b"/tmp/", socket.gethostname().encode()]
    for form in ("jsonl", "csv", "tsv", "text"):
        result = study.run("code", "-b", canary / "book.yaml", "--keep-going", "-f", form, canary / "interviews", cwd=work, env=environment, **as_nobody())
        expect(result.returncode == 1 and len(result.stdout) > 1000, f"code -f {form} under --keep-going: status 1", result.stderr)
        expect(not any(secret in result.stdout for secret in secrets if secret), f"code -f {form}: no absolute path, no name of user or machine",
               [line[:200] for line in result.stdout.split(b"\n") if any(secret in line for secret in secrets)])
    for form in ("text", "markdown", "csv", "tsv", "json"):
        result = study.run("tabulate", "-b", canary / "book.yaml", "--keep-going", "-f", form, canary / "interviews", cwd=work, env=environment, **as_nobody())
        expect(result.returncode == 1 and not any(secret in result.stdout for secret in secrets if secret), f"tabulate -f {form}: no absolute path, no name of user or machine", result)
    for form in ("yaml", "json", "csv", "markdown"):
        result = study.run("codebook", "convert", "-f", form, canary / "book.yaml", cwd=work, env=environment)
        expect(result.returncode == 0 and not any(secret in result.stdout for secret in secrets if secret), f"codebook convert -f {form}: no absolute path", result)
    for name, arguments in study.writers():
        result = study.run(*arguments, "-o", study.out / "a.csv", cwd=work, env=environment)
        expect(result.returncode == 0 and os.listdir(study.out) == ["a.csv"], f"{name}: one file where it was asked for", os.listdir(study.out))
    expect(snapshot(canary) == before, "nothing is written to the working folder, home, the folder for temporary files, or beside the inputs")
    locked.chmod(0o644)
    if by_strace(study) is None:
        print("skipped: which files and sockets are opened (strace is not here)")
        study.fresh()
        return
    log = study.scratch / "strace.log"
    for name, arguments in study.writers():
        study.fresh()
        traced = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=%file,%network,ftruncate,execve", *study.command(*arguments, "-o", study.out / "a.csv")]
        result = subprocess.run(traced, stdin=subprocess.DEVNULL, capture_output=True, cwd=work, env=environment, timeout=60)
        lines = [line for line in log.read_text(errors="replace").splitlines() if "(" in line and " = -1 " not in line]
        writing = [line for line in lines if any(flag in line for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "rename", "unlink", "mkdir", "link(", "truncate"))]
        strange = [line for line in writing if f'"{study.out}/' not in line and "readlink" not in line]
        sockets = [line for line in lines if any(call in line for call in ("socket(", "connect(", "bind(", "sendto("))]
        expect(result.returncode == 0 and writing and not strange, f"{name}: opens nothing for writing but its output", strange or result)
        expect(not sockets and sum("execve(" in line for line in lines) == 1, f"{name}: no socket, no other program", sockets)
    study.fresh()


def pipelines(study):
    bad = study.scratch / "bad.txt"
    bad.write_bytes("P1：到这里还是好的，后面坏了：".encode() + b"\xff\xfe\n")
    for what, first in [("bad interview", "code -b book.yaml large bad.txt"), ("missing interview", "code -b book.yaml small none.txt"), ("missing codebook", "code -b none.yaml small"),
                        ("bad rows", "code -b book.yaml -f csv large bad.txt"), ("bad usage", "code --nonsense")]:
        for second in ("tabulate", "tabulate - -f json", "tabulate -b book.yaml -", "tabulate -b book.yaml - --by participant -o out/table.csv"):
            result = subprocess.run(["bash", "-c", f"./fangtan {first} | ./fangtan {second}; echo ${{PIPESTATUS[*]}} >&2"], cwd=study.scratch, capture_output=True, timeout=60)
            statuses = result.stderr.decode().splitlines()[-1].split()
            expect(statuses[0] in ("2", "3") and statuses[1] == "3" and not result.stdout and not os.listdir(study.out), f"{what} | {second}: status 3 and no table", result)
    lines = study.codings.read_bytes().splitlines(keepends=True)
    whole = 0
    for i in range(0, len(lines), max(1, len(lines) // 60)):
        result = study.run("tabulate", stdin=None, input=b"".join(lines[:i]))
        whole += result.returncode != 3 or bool(result.stdout)
    expect(whole == 0, "a stream that is cut anywhere gives no table", f"{whole} did")
    missing = study.run("tabulate", stdin=None, input=b"".join(line for line in lines if b'"document":"P3","file"' not in line))
    expect(missing.returncode == 3 and not missing.stdout, "a stream that lost a document gives no table", missing)


def main():
    program, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="faults ") as name:
        study = Study(program, source, pathlib.Path(name).resolve())
        for part in (full_and_closed, reader_that_goes_away, found_before_the_work, signals, signal_at_each_call, kills, failing_calls, limits, targets, colour, privacy, pipelines):
            begin = time.monotonic()
            try:
                part(study)
            except subprocess.TimeoutExpired as error:
                expect(False, part.__name__.replace("_", " "), error)
            if "--times" in sys.argv:
                print(f"{time.monotonic() - begin:6.1f} s  {part.__name__}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
