"""Small files and small functions: one that has grown is split, there is no list of exceptions."""

from statistics import median

from tests.house.source import LINLI, functions, name, written

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
MEDIAN_FUNCTION = 10


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {
        name(p): len(p.read_text("utf-8").splitlines()) for p in written(".py", ".js", ".css", ".html")
    }
    assert {path: lines for path, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = dict(found for path in written(".py") for found in functions(path))
    assert {where: lines for where, lines in lengths.items() if lines > LINES_OF_A_FUNCTION} == {}


def test_the_median_function_has_fewer_than_10_lines() -> None:
    lengths = [lines for path in written(".py", under=LINLI) for _, lines in functions(path)]
    assert median(lengths) < MEDIAN_FUNCTION
