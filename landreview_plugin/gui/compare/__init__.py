# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of a case beside each other."""
