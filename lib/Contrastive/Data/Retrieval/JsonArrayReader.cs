using System.Text.Json;
using System.Text.Unicode;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>The elements of a JSON array, one held at a time, however long the file is. The array is the root, or a field of the root
/// object.</summary>
internal sealed class JsonArrayReader(StreamedFile file, string? field = null) : IDisposable
{
    private readonly StreamWindow _window = new(file);
    private Step _place = Step.Root;
    private JsonReaderState _state;
    private bool _isFinal;
    private int _count, _start, _passed;

    /// <summary>How far a reader has come.</summary>
    private enum Step
    {
        Root,
        Fields,
        Elements,
        Element,
        Rest,
        End,
        Starved,
    }

    /// <summary>The elements, each parsed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="field">The root object's field; null where the array is the root.</param>
    /// <param name="element">How messages call an element, which they number from 1.</param>
    /// <param name="parse">Reads an element.</param>
    /// <exception cref="InvalidDataException">The file is not JSON, or an element is not what the parser expects; the message says where
    /// and what is wrong.</exception>
    public static IEnumerable<T> Read<T>(StreamedFile file, string? field, string element, JsonLines.Parser<T> parse)
    {
        using var elements = new JsonArrayReader(file, field);
        while (elements.Next())
            yield return elements.Parse(element, parse);
    }

    public void Dispose() => _window.Dispose();

    private T Parse<T>(string element, JsonLines.Parser<T> parse)
    {
        var bytes = _window.Held[_start.._passed];
        try
        {
            if (!Utf8.IsValid(bytes))
                throw new JsonException("it is not UTF-8.");
            var json = new Utf8JsonReader(bytes);
            return parse(ref json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(Invariant($"{file.Label}, {element} {_count}: {JsonFields.What(error)}"));
        }
    }

    /// <summary>Moves to the next element; false at the end of the file.</summary>
    private bool Next()
    {
        while (true)
        {
            try
            {
                _window.Pass(_passed);
                _passed = 0;
                var json = new Utf8JsonReader(_window.Held, _isFinal, _state);
                var step = Move(ref json);
                if (step == Step.End)
                    return false;
                if (step == Step.Starved)
                {
                    _isFinal = !_window.Fill();
                    continue;
                }

                _passed = (int)json.BytesConsumed;
                _state = json.CurrentState;
                if (step == Step.Element)
                {
                    _count++;
                    return true;
                }

                _place = step;
            }
            catch (JsonException error)
            {
                throw new InvalidDataException(Invariant($"{file.Label}{(error.LineNumber is { } line ? $", line {line + 1}" : "")}: {JsonFields.What(error)}"));
            }
        }
    }

    /// <summary>Reads as far as what is held allows; where it does not suffice, nothing counts as read.</summary>
    private Step Move(ref Utf8JsonReader json)
    {
        if (!json.Read())
            return _isFinal ? Step.End : Step.Starved;
        switch (_place)
        {
            case Step.Root:
                var expected = field is null ? JsonTokenType.StartArray : JsonTokenType.StartObject;
                return json.TokenType == expected
                    ? field is null ? Step.Elements : Step.Fields
                    : throw new JsonException($"it is {JsonFields.Kind(json.TokenType)}; expected {JsonFields.Kind(expected)}.");
            case Step.Fields when json.TokenType == JsonTokenType.EndObject:
                throw new JsonException($"there is no '{field}'.");
            case Step.Fields when json.ValueTextEquals(field):
                if (!json.Read())
                    return Step.Starved;
                return json.TokenType == JsonTokenType.StartArray ? Step.Elements : throw new JsonException($"'{field}' is {JsonFields.Kind(json.TokenType)}; expected an array.");
            case Step.Fields:
                return json.TrySkip() ? Step.Fields : Step.Starved;
            case Step.Elements when json.TokenType == JsonTokenType.EndArray:
                return Step.Rest;
            case Step.Elements:
                _start = (int)json.TokenStartIndex;
                return json.TrySkip() ? Step.Element : Step.Starved;
            default:
                return Step.Rest;
        }
    }
}
