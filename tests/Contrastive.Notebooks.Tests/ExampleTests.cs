using System.Text.RegularExpressions;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>The examples of pages in docs, each run as cells of a notebook with a last cell that checks what it does.</summary>
public sealed partial class ExampleTests : IDisposable
{
    private const string FirstCell = "The first cell";

    private static readonly Dictionary<string, (Dictionary<string, string[]> Sections, IReadOnlyDictionary<string, string> Checks)> Pages = new()
    {
        ["ingredients.md"] = (Read("ingredients.md"), IngredientChecks.Cells),
        ["search.md"] = (Read("search.md"), SearchChecks.Cells),
    };

    private readonly RunFolder _folder = new();

    public static TheoryData<string, string> Names =>
        [.. Pages.SelectMany(page => page.Value.Sections.Keys.Where(name => name != FirstCell).Select(name => (page.Key, name)))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_does_what_the_page_says(string page, string section)
    {
        var (sections, checks) = Pages[page];
        Assert.True(checks.ContainsKey(section), $"docs/{page} has a section '{section}' that no check is for.");
        OwnFiles.Write(NotebookFolder);
        OwnFiles.WriteCaptions(Path.Combine(NotebookFolder, "pets"));
        var library = Path.Combine(RunFolder.Root, "lib", "Contrastive", "bin", "Release", "net10.0", "Contrastive.dll");
        var first = sections[FirstCell].Single().Replace("../lib/Contrastive/bin/Release/net10.0/Contrastive.dll", library, StringComparison.Ordinal);
        _folder.Run(Notebook([first, .. sections[section], IngredientChecks.Tools, checks[section]]));
    }

    [Fact]
    public void Each_check_is_for_a_section_and_each_example_is_short()
    {
        foreach (var (sections, checks) in Pages.Values)
        {
            Assert.Equal(sections.Keys.Where(name => name != FirstCell).Order(), checks.Keys.Order());
            Assert.All(sections.Values.SelectMany(codes => codes), code => Assert.InRange(code.Split('\n').Count(line => line.Trim().Length > 0), 1, 20));
        }
    }

    private string NotebookFolder => Path.Combine(_folder.Path, "cells");

    private string Notebook(IEnumerable<string> cells)
    {
        var path = Path.Combine(NotebookFolder, "own.ipynb");
        RunFolder.WriteNotebook(path, cells);
        return path;
    }

    /// <summary>The C# blocks of each section that has some; a block marked cs needs what a test has not, such as a server.</summary>
    private static Dictionary<string, string[]> Read(string page)
    {
        var sections = SectionStart().Split(File.ReadAllText(Path.Combine(RunFolder.Root, "docs", page)).ReplaceLineEndings("\n")).Skip(1);
        return sections.Select(section => (Name: section.Split('\n')[0].Trim(), Codes: CodeBlock().Matches(section).Select(block => block.Groups[1].Value).ToArray()))
            .Where(section => section.Codes.Length > 0).ToDictionary(section => section.Name, section => section.Codes);
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
