using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Documents;

/// <summary>One cell of a notebook: a view of its JSON, which keeps the fields that are not known here.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, CellKind kind, string source)
    {
        Json = json;
        Kind = kind;
        Source = source;
    }

    /// <summary>The cell as it is in the file.</summary>
    public JsonObject Json { get; }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell's text, its lines joined.</summary>
    public string Source { get; }

    /// <summary>The cell's id, unique in its notebook.</summary>
    public string Id => Json["id"]!.GetValue<string>();

    /// <summary>The cell's tags, such as <c>parameters</c>.</summary>
    public IEnumerable<string> Tags =>
        Json["metadata"]?["tags"] is JsonArray tags ? tags.Select(tag => tag?.ToString() ?? "") : [];

    /// <summary>A code cell's outputs in nbformat's form; changes to the array are changes to the notebook.</summary>
    /// <exception cref="InvalidOperationException">The cell is not a code cell.</exception>
    public JsonArray Outputs
    {
        get
        {
            if (Kind != CellKind.Code)
            {
                throw new InvalidOperationException($"Cell '{Id}' is a {Kind} cell: only code cells have outputs.");
            }

            if (Json["outputs"] is not JsonArray outputs)
            {
                Json["outputs"] = outputs = [];
            }

            return outputs;
        }
    }

    /// <summary>The number in <c>In [n]</c>; null while the cell has not run.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"]?.GetValue<int>();
        set => Json["execution_count"] = value;
    }
}
