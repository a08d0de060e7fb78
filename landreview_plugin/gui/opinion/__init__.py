# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinion on a case: what stands in the way, the words, the signature, the print."""
