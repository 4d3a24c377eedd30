using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Contrastive.Weights;

/// <summary>
/// Reads Python's pickle format as far as state dictionaries and TorchScript archives use it. Python's own reader calls whatever a file
/// names; this one knows containers, numbers, strings and tensors, takes a TorchScript object for its attributes, rejects everything else
/// and names it. Nothing in a file can be executed.
/// </summary>
internal sealed class TensorPickle
{
    private const int LongestText = 1 << 24;

    private readonly Stream _stream;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];

    private TensorPickle(Stream stream) => _stream = stream;

    /// <summary>Reads one pickle and leaves the stream positioned after its end.</summary>
    /// <exception cref="InvalidDataException">The pickle is damaged, or it contains more than tensors and containers.</exception>
    public static object? Read(Stream stream)
    {
        try
        {
            return new TensorPickle(stream).Run();
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidCastException or ArgumentOutOfRangeException or KeyNotFoundException)
        {
            throw new InvalidDataException("The pickle breaks off or contradicts itself; the file is damaged.", error);
        }
    }

    private object? Run()
    {
        for (var code = Byte(); code != '.'; code = Byte())
            Step(code);
        return Pop();
    }

    private void Step(byte code)
    {
        switch (code)
        {
            // The header, and frames, which only help buffering.
            case 0x80: Byte(); break;
            case 0x95: Bytes(8); break;

            case (byte)'(': _marks.Add(_stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'2': Push(_stack[^1]); break;

            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case (byte)'K': Push((long)Byte()); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case 0x8a: PushInteger(Bytes(Byte())); break;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;

            case (byte)'X': Push(Text(Length32())); break;
            case 0x8c: Push(Text(Byte())); break;
            case (byte)'U': Push(Text(Byte())); break;
            case (byte)'T': Push(Text(Length32())); break;

            case (byte)'}': Push(new PickleDictionary()); break;
            case (byte)']': Push(new PickleList()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: Push(Take(1)); break;
            case 0x86: Push(Take(2)); break;
            case 0x87: Push(Take(3)); break;
            case (byte)'t': Push(TakeToMark()); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e': Append(TakeToMark()); break;
            case (byte)'s': SetItems(Take(2)); break;
            case (byte)'u': SetItems(TakeToMark()); break;

            case (byte)'q': _memo[Byte()] = _stack[^1]; break;
            case (byte)'r': _memo[Length32()] = _stack[^1]; break;
            case 0x94: _memo[_memo.Count] = _stack[^1]; break;
            case (byte)'h': Push(_memo[Byte()]); break;
            case (byte)'j': Push(_memo[Length32()]); break;

            case (byte)'c': Push(TorchGlobals.Resolve(Line(), Line())); break;
            case 0x93:
                var name = (string)Pop()!;
                Push(TorchGlobals.Resolve((string)Pop()!, name));
                break;
            case (byte)'R':
                var arguments = (object?[])Pop()!;
                Push(TorchGlobals.Call((PickleGlobal)Pop()!, arguments));
                break;
            case 0x81:
                var constructorArguments = (object?[])Pop()!;
                Push(TorchGlobals.Object((PickleGlobal)Pop()!, constructorArguments));
                break;
            case (byte)'Q': Push(TorchGlobals.Storage(Pop())); break;
            case (byte)'b': Build(Pop()); break;

            default:
                throw new InvalidDataException(
                    $"The pickle uses the operation 0x{code:x2}, which no state dictionary needs. Only tensors and plain containers are read.");
        }
    }

    // A TorchScript object is its attributes. An OrderedDict may carry some too (modules' version numbers), which are not needed here.
    // Nothing else has any.
    private void Build(object? state)
    {
        if (_stack[^1] is not PickleDictionary target || state is not PickleDictionary attributes)
            throw new InvalidDataException("The pickle sets the attributes of an object. Only tensors and plain containers are read.");
        if (!target.IsObject)
            return;
        // Else a small file could double its entries again and again.
        if (target.Entries.Count > 0)
            throw new InvalidDataException("The pickle sets the attributes of an object twice; the file is damaged.");
        target.Entries.AddRange([.. attributes.Entries]);
    }

    private void Append(object?[] items) => ((PickleList)_stack[^1]!).Items.AddRange(items);

    private void SetItems(object?[] items)
    {
        var dictionary = (PickleDictionary)_stack[^1]!;
        if (items.Length % 2 != 0)
            throw new InvalidDataException("A dictionary of the pickle has a key without a value; the file is damaged.");
        for (var i = 0; i < items.Length; i += 2)
            dictionary.Entries.Add((items[i], items[i + 1]));
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop() => Take(1)[0];

    private object?[] Take(int count)
    {
        // Nothing below the last mark may be taken.
        if (_stack.Count - count < (_marks.Count > 0 ? _marks[^1] : 0))
            throw new InvalidDataException("The pickle takes more than it has; the file is damaged.");
        var items = _stack.GetRange(_stack.Count - count, count).ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] TakeToMark()
    {
        var mark = _marks[^1];
        var items = Take(_stack.Count - mark);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    private void PushInteger(byte[] bytes)
    {
        var value = new BigInteger(bytes);
        if (value >= long.MinValue && value <= long.MaxValue)
            Push((long)value);
        else
            Push(value);
    }

    private byte Byte() => Bytes(1)[0];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private int Length32()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));
        return length is >= 0 and <= LongestText
            ? length
            : throw new InvalidDataException($"The pickle announces {(uint)length} bytes of text; the file is damaged.");
    }

    private string Text(int length) => Encoding.UTF8.GetString(Bytes(length));

    private string Line()
    {
        var line = new StringBuilder();
        for (var unit = Byte(); unit != '\n'; unit = Byte())
        {
            if (line.Append((char)unit).Length > 1000)
                throw new InvalidDataException("The pickle has a name of more than 1,000 characters; the file is damaged.");
        }
        return line.ToString();
    }
}
