"""A text -> a QR code as one path of an SVG, in modules of 1 x 1, with the quiet zone of four around it."""

from dataclasses import dataclass

QUIET = 4  # modules; ISO/IEC 18004


@dataclass(frozen=True)
class QrCode:
    size: int
    path: str

    @property
    def svg(self) -> str:
        """As a picture of its own."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<rect width="100%" height="100%" fill="#fff"/><path d="{self.path}" fill="#000"/></svg>'
        )


def qr_code(text: str) -> QrCode:
    """With error correction M, as a fax may lose some of it."""
    import segno  # noqa: PLC0415 -- few sites use it

    rows = segno.make_qr(text, error="m").matrix
    dark = ((x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return QrCode(len(rows) + 2 * QUIET, "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
