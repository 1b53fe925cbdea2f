"""What the server says of itself. Gunicorn would also repeat what it could not read: a link with its token in it."""

import sys
from typing import Any

from gunicorn.glogging import Logger


class ServeLog(Logger):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn's own words about its workers; of a request only that it could not be read, or what kind of fault."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A worker was ended, a setting is doubtful; never the line that somebody sent, nor from where."""
        if str(msg).startswith("Invalid request"):
            super().warning("A request could not be read.")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Whole where a worker cannot begin; around a request, the kind of fault."""
        if str(msg).startswith(("Error handling request", "Socket error", "Exception in post_request")):
            super().error("%s around a request.", type(sys.exception()).__name__)
        else:
            super().exception(msg, *args, **kwargs)
