# SPDX-License-Identifier: GPL-2.0-or-later
"""The boundary-point TXT (界址点坐标成果): dialects, reader, writer, table of points."""
