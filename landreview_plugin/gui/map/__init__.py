# SPDX-License-Identifier: GPL-2.0-or-later
"""Panel and map linked: a row shows its land, the land finds its row."""
