using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>The examples of docs/ingredients.md, each run as cells of a notebook with a last cell that checks what it does.</summary>
public sealed partial class IngredientTests : IDisposable
{
    private const string FirstCell = "The first cell";

    private static readonly Dictionary<string, string[]> Sections = Read(Path.Combine(RunFolder.Root, "docs", "ingredients.md"));

    private readonly RunFolder _folder = new();

    public static TheoryData<string> Names => [.. Sections.Keys.Where(name => name != FirstCell)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_does_what_the_page_says(string section)
    {
        Assert.True(IngredientChecks.Cells.ContainsKey(section), $"docs/ingredients.md has a section '{section}' that no check in IngredientChecks is for.");
        OwnFiles.Write(NotebookFolder);
        var library = Path.Combine(RunFolder.Root, "lib", "Contrastive", "bin", "Release", "net10.0", "Contrastive.dll");
        var first = Sections[FirstCell].Single().Replace("../lib/Contrastive/bin/Release/net10.0/Contrastive.dll", library, StringComparison.Ordinal);
        _folder.Run(Notebook([first, .. Sections[section], IngredientChecks.Tools, IngredientChecks.Cells[section]]));
    }

    [Fact]
    public void Each_check_is_for_a_section_and_each_example_is_short()
    {
        Assert.Equal(Sections.Keys.Where(name => name != FirstCell).Order(), IngredientChecks.Cells.Keys.Order());
        Assert.All(Sections.Values.SelectMany(codes => codes), code => Assert.InRange(code.Split('\n').Count(line => line.Trim().Length > 0), 1, 20));
    }

    private string NotebookFolder => Path.Combine(_folder.Path, "cells");

    private string Notebook(IEnumerable<string> cells)
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((code, index) => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code",
                ["id"] = $"cell-{index}",
                ["metadata"] = new JsonObject(),
                ["execution_count"] = null,
                ["outputs"] = new JsonArray(),
                ["source"] = code,
            })]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        var path = Path.Combine(NotebookFolder, "own.ipynb");
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }

    /// <summary>The C# blocks of each section.</summary>
    private static Dictionary<string, string[]> Read(string page)
    {
        var sections = SectionStart().Split(File.ReadAllText(page).ReplaceLineEndings("\n")).Skip(1);
        return sections.ToDictionary(
            section => section.Split('\n')[0].Trim(),
            section => CodeBlock().Matches(section).Select(block => block.Groups[1].Value).ToArray());
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
