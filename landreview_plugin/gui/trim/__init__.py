# SPDX-License-Identifier: GPL-2.0-or-later
"""The trimmed boundary of a parcel: suggested on the map, accepted or dropped."""
