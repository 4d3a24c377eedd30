namespace Contrastive; /// <summary>x</summary>
public static class Placeholder { /// <summary>x</summary>
 public static string Name => "x"; }
