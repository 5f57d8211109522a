"""The team's own mail server: one connection for a run, its certificate checked, its password read from a file."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

from liaison.config import Settings
from liaison.errors import LiaisonError

LONGEST = 200  # characters of what a server answers that are kept


class UnreachableError(LiaisonError):
    """The server could not be spoken to: nothing was sent."""


class RefusedError(LiaisonError):
    """The server did not take this one mail."""


class UnclearError(LiaisonError):
    """The line broke while a mail was on its way: it may have gone out."""


class Server:
    """`with Server(settings) as server: server.send(mail)`. It is called at the first mail, not before."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.name = f"{settings.mail_host}:{settings.mail_port}"
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._line is not None:
            try:
                self._line.quit()
            except (OSError, smtplib.SMTPException):
                self._line.close()  # everything was said: how the line ends changes nothing
            self._line = None

    def send(self, mail: EmailMessage) -> None:
        """Raises UnreachableError, RefusedError or UnclearError; returns when the server has taken it."""
        line = self._line or self._open()
        self._line = line
        try:
            line.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise RefusedError(
                f"The mail server {self.name} does not take mail to this address: {_said(code, words)}."
            ) from refused
        except smtplib.SMTPSenderRefused as refused:
            raise UnreachableError(
                f"The mail server {self.name} takes no mail from LIAISON_MAIL_FROM: {_said(*refused.args[:2])}.",
                remedy="Ask who runs it which address Liaison may send from.",
            ) from refused
        except smtplib.SMTPResponseException as refused:
            raise RefusedError(
                f"The mail server {self.name} did not take a mail: {_said(refused.smtp_code, refused.smtp_error)}."
            ) from refused
        except (OSError, smtplib.SMTPException) as broken:
            self._line = None
            raise UnclearError(
                f"The line to the mail server {self.name} broke while a mail was on its way."
            ) from broken

    def _open(self) -> smtplib.SMTP:
        s, password = self.settings, _password(self.settings)
        try:
            if s.mail_security == "ssl":
                line: smtplib.SMTP = smtplib.SMTP_SSL(
                    s.mail_host, s.mail_port, timeout=s.mail_timeout, context=ssl.create_default_context()
                )
            else:
                line = smtplib.SMTP(s.mail_host, s.mail_port, timeout=s.mail_timeout)
            if s.mail_security == "starttls":
                line.starttls(context=ssl.create_default_context())
            if password is not None:
                line.login(s.mail_user, password)
        except ssl.SSLCertVerificationError as wrong:
            raise UnreachableError(
                f"The certificate of the mail server {self.name} is not trusted here: {wrong.verify_message}.",
                remedy="Name the file of your own authority in SSL_CERT_FILE, or the host as its certificate does.",
            ) from wrong
        except smtplib.SMTPAuthenticationError as wrong:
            raise UnreachableError(
                f"The mail server {self.name} does not take the user and password: {_said(*wrong.args[:2])}.",
                remedy="See LIAISON_MAIL_USER and the file that LIAISON_MAIL_PASSWORD_FILE names.",
            ) from wrong
        except (OSError, smtplib.SMTPException) as silent:
            raise UnreachableError(
                f"The mail server {self.name} cannot be spoken to: {_words(silent)}.",
                remedy="See LIAISON_MAIL_HOST, LIAISON_MAIL_PORT and LIAISON_MAIL_SECURITY, and whether it runs.",
            ) from silent
        return line


def _password(settings: Settings) -> str | None:
    """The first line of the file; None where the server asks for none."""
    if settings.mail_password_file is None:
        return None
    try:
        lines = Path(settings.mail_password_file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as closed:
        raise UnreachableError(
            "The file that LIAISON_MAIL_PASSWORD_FILE names cannot be read.",
            remedy="See where it lies, and whether the user that Liaison runs as may read it.",
        ) from closed
    if not lines or not lines[0]:
        raise UnreachableError(
            "The first line of the file that LIAISON_MAIL_PASSWORD_FILE names is blank.",
            remedy="Write the password there.",
        )
    return lines[0]


def _said(code: object, words: object) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(text.split())}"[:LONGEST].rstrip(" .")


def _words(error: Exception) -> str:
    """What the system says: 'Connection refused', 'timed out'."""
    said = (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__
    return " ".join(said.split())[:LONGEST].rstrip(" .")
