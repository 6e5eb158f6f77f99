from tests import requirements


def test_the_list_has_seventy_lines_each_with_a_slice() -> None:
    listed = requirements.lines((requirements.TESTS / "requirements.md").read_text("utf-8"))
    assert len(listed) == len({line.id for line in listed}) == 70
    assert {line.slice for line in listed} == {1, 2, 3, 5}


def test_marks_are_read_from_the_source_not_from_comments() -> None:
    source = '# pytest.mark.covers("R01")\n@pytest.mark.covers("R02")\ndef test() -> None: ...\n'
    assert list(requirements.marks(source)) == ["R02"]
