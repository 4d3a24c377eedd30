using System.Globalization;

namespace Contrastive.Kernel.Scripting;

/// <summary>The text of each cell that has run, by the name under which the compiler knows it, for errors to quote.</summary>
internal sealed class CellSources
{
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    public void Add(string cellName, string code) => _lines[cellName] = code.Split('\n');

    public bool Contains(string? cellName) => cellName is not null && _lines.ContainsKey(cellName);

    /// <summary>A line of a cell, counted from one; empty if there is none.</summary>
    public string Line(string cellName, int line) =>
        _lines.TryGetValue(cellName, out var lines) && line >= 1 && line <= lines.Length ? lines[line - 1].TrimEnd() : "";

    /// <summary>"cell 3, line 5".</summary>
    public static string Place(string cellName, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{cellName}, line {line}");
}
