"""What the end-to-end cases share: a fresh folder a case, calls of the real binary, and the count at the end."""
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKOUT = os.path.dirname(os.path.dirname(HERE))
EXAMPLES = os.path.join(CHECKOUT, "examples", "reports")
SANITIZED = False  # set by run: memory cannot be limited under AddressSanitizer
CASES = []


def case(function):
    CASES.append(function)
    return function


class Ran:
    def __init__(self, status, out, err, call):
        self.status, self.out, self.err, self.call = status, out, err, call

    def lines(self):
        return self.out.decode("utf-8").splitlines()

    def records(self):
        return [json.loads(line) for line in self.lines()]

    def says(self, *words):
        """Its standard error has all the words, and nothing that a crash or a sanitizer would say."""
        text = self.err.decode("utf-8", "backslashreplace")
        for word in words:
            assert word.lower() in text.lower(), f"{self.call}: expected {word!r} on standard error, got {text[-800:]!r}"
        return self

    def ends(self, *statuses):
        text = self.err.decode("utf-8", "backslashreplace")
        assert self.status in statuses, f"{self.call}: status {self.status}, expected {statuses}: {text[-1500:]}"
        for word in ("AddressSanitizer", "runtime error", "LeakSanitizer", "Assertion"):
            assert word not in text, f"{self.call}: {text[-3000:]}"
        return self


class Place:
    """A fresh folder with a store of its own."""

    def __init__(self, dossier, folder):
        self.dossier, self.folder = dossier, folder
        self.store = self.path("store")

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, content):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def environment(self, **more):
        known = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": self.folder,
                 "XDG_DATA_HOME": self.path("xdg-data"), "XDG_CONFIG_HOME": self.path("xdg-config"), "TMPDIR": self.folder}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                known[name] = os.environ[name]
        return {k: v for k, v in {**known, **more}.items() if v is not None}

    def run(self, *arguments, given=None, env=None, cwd=None, file_size=None, memory=None, out=None, timeout=120):
        def limit():
            if file_size is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a full disk sends no signal either
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
            if memory is not None and not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        ran = subprocess.run([self.dossier, *map(str, arguments)], input=given, stdin=None if given is not None else subprocess.DEVNULL,
                             stdout=out or subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd or self.folder,
                             env=self.environment(**(env or {})), preexec_fn=limit, timeout=timeout)
        return Ran(ran.returncode, ran.stdout or b"", ran.stderr, " ".join(map(str, arguments)))

    def start(self, *arguments):
        return subprocess.Popen([self.dossier, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, cwd=self.folder, env=self.environment())

    def add(self, *arguments, **how):
        return self.run("add", "--store", self.store, *arguments, **how)

    def whole(self):
        """The store proves to be whole."""
        self.run("verify", "--store", self.store).ends(0)

    def shown(self):
        """All that the store tells, for comparing before and after."""
        return self.run("stories", "--json", "--store", self.store).ends(0).out


def report(number=0, words=60):
    """A short report of its own, different for each number."""
    names = ["Alder", "Brook", "Cedar", "Dale", "Elm", "Fern", "Grove", "Heath"]
    text = [f"The council of {names[number % 8]}ton {number} voted on Tuesday to mend bridge number {number} before the winter."]
    for i in range(words // 12):
        text.append(f"Resident {number * 31 + i} told the meeting that item {number * 17 + i * 3} had been left out of the plan.")
    return " ".join(text) + "\n"


def main(dossier):
    global SANITIZED
    with open(dossier, "rb") as file:
        SANITIZED = b"__asan_init" in file.read()
    passed = failed = 0
    for function in CASES:
        folder = tempfile.mkdtemp(prefix="dossier-e2e-")
        try:
            function(Place(os.path.abspath(dossier), folder))
            passed += 1
        except Exception as why:  # every case counts by itself
            failed += 1
            where = "" if isinstance(why, AssertionError) else traceback.format_exc(limit=-3)
            print(f"FAILED {function.__name__}: {why}\n{where}", flush=True)
        finally:
            for at, folders, _ in os.walk(folder):
                for name in folders:
                    os.chmod(os.path.join(at, name), 0o755)
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
