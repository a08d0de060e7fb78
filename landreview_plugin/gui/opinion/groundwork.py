# SPDX-License-Identifier: GPL-2.0-or-later
"""What an opinion is written from: obstacles and the fields of the text blocks. Made off the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.model.opinion import Judgement, Role
from ...core.model.result import ReviewResult
from ...core.progress import Progress
from ...core.workflow.opinion import ObstacleGroup, obstacle_groups
from ...core.workflow.opinion_blocks import Block, OpinionBlocks, fill
from ...report.opinion_text import opinion_fields
from ...report.words import Words


@dataclass(frozen=True, slots=True)
class Groundwork:
    """For one result, its judgements and the one who signs."""

    obstacles: tuple[ObstacleGroup, ...]
    blocks: OpinionBlocks
    fields: Mapping[str, str]
    words: Words

    def text(self, block: Block) -> str:
        """A block with the case's own figures and names."""
        return fill(block.text.get(self.words.language), self.fields)

    def draft(self, *, passes: bool) -> str:
        """The text that an opinion begins with; empty where the office has none."""
        block = self.blocks.draft(passes=passes)
        return self.text(block) if block else ""


def lay(
    result: ReviewResult,
    judgements: tuple[Judgement, ...],
    blocks: OpinionBlocks,
    words: Words,
    signed: tuple[str, Role],
    progress: Progress,
) -> Groundwork:
    """Look for obstacles, and add up what the blocks ask for."""
    progress.step(0.0)
    found = obstacle_groups(result, judgements)
    progress.step(0.3)
    return Groundwork(found, blocks, opinion_fields(result, judgements, blocks, words, signed), words)
