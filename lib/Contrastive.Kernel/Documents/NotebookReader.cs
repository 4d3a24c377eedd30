using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Documents;

/// <summary>Reads nbformat 4 and says where a file departs from it.</summary>
internal static class NotebookReader
{
    public const int MaxDepth = 256;

    private const int IdMaxLength = 64;

    public static Notebook Read(ReadOnlySpan<byte> utf8, string file)
    {
        var root = Parse(utf8, file) as JsonObject
            ?? throw new NotebookFormatException(file, "$", "a notebook is a JSON object, and this is something else.");
        CheckVersion(root, file);
        if (root["cells"] is not JsonArray array)
        {
            var found = root.ContainsKey("cells") ? $"it is {Kind(root["cells"])}" : "there is none";
            throw new NotebookFormatException(file, "$.cells", $"a notebook has an array of cells here; {found}.");
        }

        var cells = new List<NotebookCell>(array.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
        {
            cells.Add(ReadCell(array[i], $"$.cells[{i}]", file, ids));
        }

        GiveMissingIds(root, cells, ids);
        return new Notebook(root, cells);
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> utf8, string file)
    {
        try
        {
            utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
            return JsonNode.Parse(utf8, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            var problem = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            var place = e.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {e.BytePositionInLine + 1}")
                : "$";
            throw new NotebookFormatException(file, place, $"the file is not valid JSON, so it is not a notebook. {problem}", e);
        }
    }

    private static void CheckVersion(JsonObject root, string file)
    {
        if (root["nbformat"] is not JsonValue value || !value.TryGetValue<int>(out var version))
        {
            throw new NotebookFormatException(file, "$.nbformat", "a notebook gives its format's number here, and this gives none.");
        }

        if (version != 4)
        {
            var advice = version < 4 ? "Open it in Jupyter and save it, which upgrades it." : "It was written by a newer Jupyter.";
            throw new NotebookFormatException(file, "$.nbformat", $"nbformat {version} is not read here, only 4. {advice}");
        }

        if (root["metadata"] is not (null or JsonObject))
        {
            throw new NotebookFormatException(file, "$.metadata", $"the metadata is {Kind(root["metadata"])}; an object was expected.");
        }
    }

    private static NotebookCell ReadCell(JsonNode? node, string place, string file, HashSet<string> ids)
    {
        var cell = node as JsonObject
            ?? throw new NotebookFormatException(file, place, $"a cell is an object, and this is {Kind(node)}.");
        var kind = (cell["cell_type"] as JsonValue)?.ToString() switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new NotebookFormatException(
                file, $"{place}.cell_type", $"'{other}' is not a cell type; code, markdown or raw was expected."),
        };
        var source = MultilineText.Read(cell["source"])
            ?? throw new NotebookFormatException(file, $"{place}.source", "a cell's source is a string or an array of strings.");
        if (kind == CellKind.Code && cell["outputs"] is not (null or JsonArray))
        {
            throw new NotebookFormatException(file, $"{place}.outputs", $"outputs are an array, and this is {Kind(cell["outputs"])}.");
        }

        CheckId(cell["id"], $"{place}.id", file, ids);
        return new NotebookCell(cell, kind, source.ReplaceLineEndings("\n"));
    }

    private static void CheckId(JsonNode? id, string place, string file, HashSet<string> ids)
    {
        if (id is null)
        {
            return;
        }

        var text = id.GetValueKind() == JsonValueKind.String ? id.GetValue<string>() : "";
        if (text.Length is 0 or > IdMaxLength || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new NotebookFormatException(
                file, place, $"{id.ToJsonString()} is not a valid cell id: 1 to {IdMaxLength} letters, digits, '-' or '_' were expected.");
        }

        if (!ids.Add(text))
        {
            throw new NotebookFormatException(file, place, $"the cell id '{text}' occurs twice; ids are unique in a notebook.");
        }
    }

    /// <summary>nbformat 4.5 gave each cell an id: an older file is upgraded.</summary>
    private static void GiveMissingIds(JsonObject root, List<NotebookCell> cells, HashSet<string> ids)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Json["id"] is null)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"cell-{i + 1}");
                while (!ids.Add(id))
                {
                    id += "-";
                }

                cells[i].Json["id"] = id;
            }
        }

        if (root["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue<int>(out var number) || number < 5)
        {
            root["nbformat_minor"] = 5;
        }
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };
}
