# SPDX-License-Identifier: GPL-2.0-or-later
"""The quick check: any polygon against the office's layers."""
