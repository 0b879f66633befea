"""Commands about the forms: `rubrics`, `rubric show`, `check`, `test`, `schema`."""
