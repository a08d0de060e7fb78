# SPDX-License-Identifier: GPL-2.0-or-later
"""Trimmed boundaries: what is left of a parcel when forbidden land is taken off, as land that can be handed in."""
