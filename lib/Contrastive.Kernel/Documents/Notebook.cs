using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Documents;

/// <summary>
/// A notebook in nbformat 4: a view of its JSON in which unknown fields, and the order of all fields, survive reading and writing.
/// </summary>
public sealed class Notebook
{
    private static readonly JsonSerializerOptions AsJupyterWrites = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JupyterEncoder.Instance,
        MaxDepth = NotebookReader.MaxDepth,
    };

    internal Notebook(JsonObject json, IReadOnlyList<NotebookCell> cells)
    {
        Json = json;
        Cells = cells;
    }

    /// <summary>The document as it is in the file.</summary>
    public JsonObject Json { get; }

    /// <summary>The cells in their order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The first Markdown heading, without its marks; null if there is none.</summary>
    public string? Title => Cells
        .Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    /// <summary>The language that the notebook's metadata gives, such as <c>C#</c>; null if it gives none.</summary>
    public string? Language =>
        Text(Json["metadata"]?["kernelspec"] as JsonObject, "language") ?? Text(Json["metadata"]?["language_info"] as JsonObject, "name");

    /// <summary>Reads a notebook from a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The notebook; cells without an id (nbformat before 4.5) have been given one.</returns>
    /// <exception cref="NotebookFormatException">The file is not JSON, or not a notebook in nbformat 4.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Notebook Load(string path) => NotebookReader.Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">Its name in error messages.</param>
    /// <returns>The notebook.</returns>
    /// <exception cref="NotebookFormatException">The text is not JSON, or not a notebook in nbformat 4.</exception>
    public static Notebook Parse(string json, string name = "notebook") =>
        NotebookReader.Read(System.Text.Encoding.UTF8.GetBytes(json), name);

    /// <summary>The document's text as Jupyter writes it: indented by one space, with a line feed at its end.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson() => Json.ToJsonString(AsJupyterWrites) + "\n";

    /// <summary>Writes the notebook to a file atomically.</summary>
    /// <param name="path">The file's path; an existing file is replaced.</param>
    public void Save(string path) => AtomicFile.WriteAllText(path, ToJson());

    private static string? Text(JsonObject? parent, string key) =>
        parent?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
