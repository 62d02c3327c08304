"""What MUD payloads mean: GMCP, MSDP, MSSP, ZMP, ATCP, Aardwolf, MTTS, MXP; bytes to values and back.

The options themselves (who offers, who agrees) are the engine's; these functions turn the bytes between
IAC SB and IAC SE into Python values and values into such bytes. They do no I/O and keep no state.
"""

from __future__ import annotations

from bbsterm.mud.aardwolf import aardwolf_decode, aardwolf_encode
from bbsterm.mud.atcp import atcp_decode, atcp_encode
from bbsterm.mud.gmcp import gmcp_decode, gmcp_encode
from bbsterm.mud.msdp import MsdpParser, MsdpValue, msdp_decode, msdp_encode
from bbsterm.mud.mssp import MsspValue, mssp_decode, mssp_encode
from bbsterm.mud.mtts import Mtts, mtts_decode, mtts_encode
from bbsterm.mud.mxp import mxp_escape, mxp_line, mxp_strip
from bbsterm.mud.zmp import zmp_decode, zmp_encode

__all__ = [
    "MsdpParser",
    "MsdpValue",
    "MsspValue",
    "Mtts",
    "aardwolf_decode",
    "aardwolf_encode",
    "atcp_decode",
    "atcp_encode",
    "gmcp_decode",
    "gmcp_encode",
    "msdp_decode",
    "msdp_encode",
    "mssp_decode",
    "mssp_encode",
    "mtts_decode",
    "mtts_encode",
    "mxp_escape",
    "mxp_line",
    "mxp_strip",
    "zmp_decode",
    "zmp_encode",
]
