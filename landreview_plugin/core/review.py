# SPDX-License-Identifier: GPL-2.0-or-later
"""The one road that everybody takes: case, parcels, pack, profile, layers → ReviewResult."""
