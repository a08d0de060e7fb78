# SPDX-License-Identifier: GPL-2.0-or-later
"""The areas of a case by class, parcel and owner."""
