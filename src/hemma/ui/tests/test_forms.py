import re

from django import forms
from django.utils import translation


class Reply(forms.Form):
    promise = forms.CharField(label="Vad lovar du?", help_text="Kunden läser <det>.")
    when = forms.CharField(label="När?", widget=forms.Textarea)
    how = forms.ChoiceField(
        label="Hur?", choices=[("a", "Nu"), ("b", "Sedan")], widget=forms.RadioSelect
    )
    remind = forms.BooleanField(label="Påminn mig", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        if self.cleaned_data.get("when") == "never":
            raise forms.ValidationError("Lova något.")


def test_a_form_looks_like_ours_without_being_written_by_hand():
    html = str(Reply(initial={"version": 3}))
    assert '<label for="id_promise">Vad lovar du?</label>' in html
    assert 'class="input"' in html
    assert '<textarea name="when"' in html
    assert html.count('<label class="choice"') == 2
    assert '<div class="check">' in html
    assert '<input type="hidden" name="version" value="3" id="id_version">' in html
    assert "helptext" in html
    assert "Kunden läser &lt;det&gt;." in html
    assert 'class="errors' not in html
    assert html.index("id_promise_helptext") < html.index('name="promise"')


def test_an_error_stands_under_its_field_and_is_read_with_it():
    html = str(Reply({"promise": "", "when": "x", "how": "a", "version": "1"}))
    described = re.search(r'<input[^>]*name="promise"[^>]*aria-describedby="([^"]*)"', html)
    assert described
    assert described.group(1).split() == ["id_promise_helptext", "id_promise_error"]
    assert 'id="id_promise_error"' in html
    assert 'aria-invalid="true"' in html
    assert "#triangle-alert" in html
    assert 'class="errors' not in html  # one error needs no summary


def test_two_errors_get_a_summary_with_links_that_takes_focus():
    with translation.override("sv"):
        html = str(Reply({"version": "1"}))
    summary = html.split("</div>")[0]
    assert 'role="alert"' in summary
    assert "autofocus" in summary
    for target in ("#id_promise", "#id_when", "#id_how_0"):
        assert f'href="{target}"' in summary
        assert f'id="{target[1:]}"' in html


def test_what_concerns_the_whole_form_is_said_above_it():
    html = str(Reply({"promise": "x", "when": "never", "how": "a", "version": "1"}))
    assert "Lova något." in html.split('<div class="field">')[0]


def test_a_fields_own_class_is_kept():
    class Own(forms.Form):
        note = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))

    assert 'class="input wide"' in str(Own())
