"""A telephone line between browser and server that a test can cut and restore."""

import contextlib
import socket
import threading


class Line:
    """Listens on a port of its own and passes bytes to and from `port`, until it is cut.

    Cutting closes what is open, as a lost connection does; new connections are refused at once
    until the line is restored on the same port.
    """

    def __init__(self, port: int) -> None:
        self.target = ("127.0.0.1", port)
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._listener: socket.socket | None = None
        self.port = 0
        self.restore()

    @property
    def url(self) -> str:
        """The address of the hub over this line."""
        return f"http://localhost:{self.port}"

    def restore(self) -> None:
        """Take calls again."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, args=[self._listener], daemon=True).start()

    def cut(self) -> None:
        """Lose every connection and refuse new ones."""
        if self._listener is not None:
            with contextlib.suppress(OSError):  # wakes the thread that waits for calls
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._guard:
            lost, self._open = self._open, set()
        for end in lost:
            with contextlib.suppress(OSError):  # its thread closes it
                end.shutdown(socket.SHUT_RDWR)

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            try:
                called = socket.create_connection(self.target, 5)
            except OSError:
                caller.close()
                continue
            called.settimeout(None)
            with self._guard:
                self._open |= {caller, called}
            threading.Thread(target=self._join, args=[caller, called], daemon=True).start()

    def _join(self, caller: socket.socket, called: socket.socket) -> None:
        """Pass on both ways until both ways have ended, then close."""
        back = threading.Thread(target=_pass_on, args=[called, caller], daemon=True)
        with caller, called:
            back.start()
            _pass_on(caller, called)
            back.join()
            with self._guard:
                self._open -= {caller, called}


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
