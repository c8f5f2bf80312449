"""What people fill in at the desk."""

from hemma.desk.forms.answer import AnswerForm, HandOverForm, promises

__all__ = ["AnswerForm", "HandOverForm", "promises"]
