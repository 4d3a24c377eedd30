using Contrastive.Kernel.Documents;
using Xunit;

namespace Contrastive.Kernel.Tests.Documents;

public sealed class NotebookTests
{
    /// <summary>Written as Jupyter writes: one space, sorted keys, non-ASCII and control characters as Python leaves them.</summary>
    private const string AsJupyterWrites =
        """
        {
         "cells": [
          {
           "attachments": {},
           "cell_type": "markdown",
           "id": "title",
           "metadata": {},
           "source": [
            "# Größe & <b>\n",
            "emoji 😀, nbsp \u00a0, sep \u2028, quote \" back \\ tab\t del \u007f"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": null,
           "future": {
            "nested": [
             1.50,
             1e3,
             null,
             true
            ]
           },
           "id": "a-1",
           "metadata": {
            "tags": [
             "parameters"
            ]
           },
           "outputs": [],
           "source": "1 + 1"
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "zebra": 1
         },
         "nbformat": 4,
         "nbformat_minor": 5,
         "unknown": "kept"
        }

        """;

    private static string Text => AsJupyterWrites.ReplaceLineEndings("\n")
        .Replace("\\u00a0", "\u00a0", StringComparison.Ordinal)
        .Replace("\\u2028", "\u2028", StringComparison.Ordinal)
        .Replace("\\u007f", "\u007f", StringComparison.Ordinal)
        .Replace("tab\t", "tab\\t", StringComparison.Ordinal);

    [Fact]
    public void A_round_trip_keeps_unknown_fields_key_order_and_every_byte() => Assert.Equal(Text, Notebook.Parse(Text).ToJson());

    [Fact]
    public void Control_characters_and_lone_surrogates_are_escaped()
    {
        var notebook = Notebook.Parse(Text);
        notebook.Json["unknown"] = "\u0001\b\f\r\n\"\\";
        Assert.Contains("\"unknown\": \"\\u0001\\b\\f\\r\\n\\\"\\\\\"", notebook.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_give_kind_source_tags_and_id()
    {
        var notebook = Notebook.Parse(Text);
        Assert.Equal([CellKind.Markdown, CellKind.Code], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal("1 + 1", notebook.Cells[1].Source);
        Assert.Equal(["parameters"], notebook.Cells[1].Tags);
        Assert.Equal("a-1", notebook.Cells[1].Id);
        Assert.Null(notebook.Cells[1].ExecutionCount);
        Assert.Equal("Größe & <b>", notebook.Title);
        Assert.Equal("C#", notebook.Language);
    }

    [Fact]
    public void Cells_of_an_older_notebook_are_given_ids()
    {
        var notebook = Notebook.Parse("""
            {"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[
            {"cell_type":"code","source":"","outputs":[],"metadata":{}},{"cell_type":"raw","source":[],"metadata":{}}]}
            """);
        Assert.Equal(["cell-1", "cell-2"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal(5, notebook.Json["nbformat_minor"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("this is no notebook", "line 1, column 2", "not valid JSON")]
    [InlineData("{\n \"cells\": [\n  {]\n", "line 3, column 4", "not valid JSON")]
    [InlineData("", "line 1, column 1", "not valid JSON")]
    [InlineData("{\"nbformat\":4,\"nbformat\":4}", "$", "not valid JSON")]
    [InlineData("[1]", "$", "a notebook is a JSON object")]
    [InlineData("{\"cells\":[]}", "$.nbformat", "gives none")]
    [InlineData("{\"nbformat\":3,\"worksheets\":[]}", "$.nbformat", "nbformat 3 is not read here")]
    [InlineData("{\"nbformat\":5,\"cells\":[]}", "$.nbformat", "nbformat 5 is not read here")]
    [InlineData("{\"nbformat\":4}", "$.cells", "there is none")]
    [InlineData("{\"nbformat\":4,\"cells\":{}}", "$.cells", "it is an object")]
    [InlineData("{\"nbformat\":4,\"cells\":[7]}", "$.cells[0]", "this is a number")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"heading\",\"source\":\"\"}]}", "$.cells[0].cell_type", "'heading' is not a cell type")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"raw\",\"source\":[1]}]}", "$.cells[0].source", "array of strings")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":1}]}", "$.cells[0].outputs", "outputs are an array")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"raw\",\"source\":\"\",\"id\":\"a b\"}]}", "$.cells[0].id", "is not a valid cell id")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"raw\",\"source\":\"\",\"id\":\"a\"},{\"cell_type\":\"raw\",\"source\":\"\",\"id\":\"a\"}]}", "$.cells[1].id", "occurs twice")]
    public void A_malformed_file_gives_an_error_with_the_place(string json, string place, string problem)
    {
        var error = Assert.Throws<NotebookFormatException>(() => Notebook.Parse(json, "lesson.ipynb"));
        Assert.Equal("lesson.ipynb", error.File);
        Assert.StartsWith(place, error.Place, StringComparison.Ordinal);
        Assert.StartsWith("lesson.ipynb, ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.ipynb", "old");
        Notebook.Parse(Text).Save(path);
        Assert.Equal(Text, File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
