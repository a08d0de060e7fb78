# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings of a review: tree, filters, details, judgements."""
