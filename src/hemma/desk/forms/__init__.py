"""What people fill in at the desk."""

from hemma.desk.forms.answer import AnswerForm, HandOverForm, promises
from hemma.desk.forms.working import (
    DecisionForm,
    IncidentForm,
    InstructionForm,
    MandateForm,
    NewCaseForm,
    NoteForm,
    OtherCaseForm,
    SavedReplyForm,
    TagsForm,
    UntilForm,
)

__all__ = [
    "AnswerForm",
    "DecisionForm",
    "HandOverForm",
    "IncidentForm",
    "InstructionForm",
    "MandateForm",
    "NewCaseForm",
    "NoteForm",
    "OtherCaseForm",
    "SavedReplyForm",
    "TagsForm",
    "UntilForm",
    "promises",
]
